import fc from 'fast-check';
import katex from 'katex';
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

const render = (source: unknown): string => new MarkdownIt({ html: true }).render(String(source)).trim();

test('a string in a code span shows literally, backticks and blanks included', () => {
  expect(String(md`Set \`${'learning_rate'}\``)).toBe('Set `learning_rate`');
  expect(String(md`\`f(${'a*b'}, ${2})\` and ${'a*b'}`)).toBe('`f(a*b, 2)` and a\\*b');
  const code = (text: string): string => render(md`see \`${text}\` there`);
  expect(code('a`b')).toBe('<p>see <code>a`b</code> there</p>');
  expect(code('`')).toBe('<p>see <code>`</code> there</p>');
  expect(code('``a` b')).toBe('<p>see <code>``a` b</code> there</p>');
  expect(code(' a ')).toBe('<p>see <code> a </code> there</p>');
  expect(code('a\n\n# b')).toBe('<p>see <code>a # b</code> there</p>');
  expect(code('<b>\\n')).toBe('<p>see <code>&lt;b&gt;\\n</code> there</p>');
  expect(render(md`\`\` ${'`a'} \`\` ${'*'}`)).toBe('<p><code>`a</code> *</p>');
  expect(String(md`\` and ${'`'}`)).toBe('` and \\`');
  expect(
    render(md`
    | a | b |
    |---|---|
    | \`${'x|y'}\` | ${'x|y'} |
  `),
  ).toMatch(/<td><code>x\|y<\/code><\/td>\s*<td>x\|y<\/td>/);
});

test('a string in a code block shows literally and cannot end it', () => {
  const code = 'a_b = [1]\n```\n# c\n';
  expect(
    render(md`
    \`\`\`python
    ${code}
    \`\`\`
    ${'a_b'}
  `),
  ).toBe('<pre><code class="language-python">a_b = [1]\n```\n# c\n\n</code></pre>\n<p>a_b</p>');
  expect(render(md`~~~\n${'~~~~\n`'}\n~~~`)).toBe('<pre><code>~~~~\n`\n</code></pre>');
  expect(render(md`- item\n\n  \`\`\`\n  ${'a\n  b\n\nc'}\n  \`\`\``)).toContain(
    '<pre><code>a\n  b\n\nc\n</code></pre>',
  );
  expect(render(md`> \`\`\`\n> ${'a\nb'}\n> \`\`\``)).toContain('<pre><code>a\nb\n</code></pre>');
  expect(render(md`\`\`\`${'a_b`'}\n${'x'}\n\`\`\``)).toContain('class="language-a_b`"');
  expect(render(md`text\n\n    ${'a_b\n# c'}\n\n${'a_b'}`)).toBe(
    '<p>text</p>\n<pre><code>a_b\n# c\n</code></pre>\n<p>a_b</p>',
  );
  expect(render(md`1.     x${'a\n<b>'}`)).toContain('<pre><code>xa\n&lt;b&gt;\n</code></pre>\n</li>');
  expect(String(md`    ${'a_b'}`)).toBe('a\\_b');
  expect(String(md`- item\n\n    ${'a_b'}\n\nend`)).toBe('- item\n\n    a\\_b\n\nend');
});

test('a string in a formula is escaped as TeX', () => {
  expect(String(md`$w_{${'a_b'}} = ${'x*(1)'}$, ${'a_b'}`)).toBe('$w_{a\\_b} = x*(1)$, a\\_b');
  expect(String(md`$$\n${'a $ \\b'}\n$$`)).toBe('$$\na\\ \\$\\ \\backslash{}b\n$$');
  expect(String(md`$\\text{${'learning_rate of 5 %'}}$`)).toBe(
    '$\\text{learning}\\_\\text{rate of 5 }\\%\\text{}$',
  );
  expect(String(md`\\begin{aligned} x &= ${'a_b'} \\end{aligned}`)).toContain('a\\_b');
  expect(String(md`$${md(String.raw`\alpha`)}$`)).toBe('$\\alpha$');
  expect(String(md`\\$${'a*'} and $ ${'b*'} $${'c*'}`)).toBe('\\$a\\* and $ b\\* $c\\*');
});

test.each([...'\\^~`<>|\'{}$&#%_ [(*"'])('%s in a formula is TeX that a renderer takes', (character) => {
  for (const source of [md`$a${`x${character}y`}$`, md`$\\text{a${`x${character}y`}}$`]) {
    const tex = String(source).slice(1, -1);
    expect(tex).not.toMatch(/[<>]|(?<!\\)\$/);
    expect(katex.renderToString(tex, { throwOnError: true, strict: 'error' })).toContain('katex');
  }
});

test('a string in a tag or in a block of HTML has references instead of backslashes', () => {
  expect(String(md`a <b title="${'a_b "c" $d$'}">${'e_f'}</b>`)).toBe(
    'a <b title="a_b &quot;c&quot; &#36;d&#36;">e\\_f</b>',
  );
  expect(render(md`<div class=${'a b'}>\n${'a_b < c\n\n# d'}\n</div>`)).toBe(
    '<div class=a&#32;b>\na_b &lt; c # d\n</div>',
  );
  expect(() => md`a <b ${'onclick=alert(1)'}>c</b>`).toThrow(/^md: the value after "<b " is 'onclick/);
  expect(() => md`<${'script'}>alert(1)</script>`).toThrow(TypeError);
  expect(String(md`if a < ${'b'} and c > ${'d'}`)).toBe('if a < b and c > d');
});

test('no interpolated string leaves its code', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const [span, fence, block] = [
        md`a \`${value}\` b`,
        md`\`\`\`\n${value}\n\`\`\`\nb`,
        md`a\n\n    x${value}\n\nb`,
      ];
      expect(render(span)).toMatch(/^<p>a <code>[^<]*<\/code> b<\/p>$/);
      expect(render(fence)).toMatch(/^<pre><code>[^<]*<\/code><\/pre>\n<p>b<\/p>$/);
      expect(render(block)).toMatch(/^<p>a<\/p>\n<pre><code>[^<]*<\/code><\/pre>\n<p>b<\/p>$/);
    }),
  );
});

test('brackets of a text are not the marks of a formula', () => {
  const shown = md`${'f(x) of [1, 2]'}`;
  expect(String(shown)).not.toMatch(/\\\(.*\\\)|\\\[.*\\\]/);
  expect(render(shown)).toBe('<p>f(x) of [1, 2]</p>');
  expect(render(md`[${'a]('}](/${'b(c)'})`)).toBe('<p><a href="/b(c)">a](</a></p>');
});
