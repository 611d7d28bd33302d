import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { displaySymbol, html, md } from '../../../src/display/index.ts';

test('a template gives text/markdown and text/plain', () => {
  const bundle = md`**loss** ${0.25} and $\\eta = ${-0.1}$`[displaySymbol]();
  expect(bundle).toEqual({
    'text/markdown': '**loss** 0.25 and $\\eta = -0.1$',
    'text/plain': '**loss** 0.25 and $\\eta = -0.1$',
  });
});

test('the indentation of the template is not code', () => {
  const source = md`
    # Title

    - one
      - two
  `;
  expect(String(source)).toBe('# Title\n\n- one\n  - two');
});

test('fragments are inserted as they are, strings literally', () => {
  expect(String(md`${md`*a*`} ${html`<b>b</b>`} ${'*c*'} ${['d', null, md`_e_`]}`)).toBe(
    '*a* <b>b</b> \\*c\\* d_e_',
  );
  expect(String(md(String.raw`$\frac{1}{2}$`))).toBe('$\\frac{1}{2}$');
});

const hostile = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[-+*_`#<>[\]()!|~=.:\\ \n0-9a-z]{0,30}$/),
  fc.constantFrom(
    '<script>',
    '# head',
    '- item',
    '1. item',
    '---',
    '[a](javascript:b)',
    '`code`',
    '\n\n# x',
    '&lt;',
  ),
);

test('no interpolated string becomes markup', () => {
  const renderer = new MarkdownIt({ html: true });
  fc.assert(
    fc.property(hostile, (value) => {
      for (const source of [md`${value}`, md`text ${value} text`]) {
        const rendered = renderer.render(String(source)).replace(/^<p>([\s\S]*)<\/p>\s*$/, '$1');
        expect(rendered).not.toMatch(/</);
      }
    }),
  );
});
