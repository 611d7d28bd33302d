import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displaySymbol, html, svg, table } from '../../../src/display/index.ts';

test('a template gives text/html and a plain reading of it', () => {
  const bundle = html`<h1>Results</h1><p>loss &lt; ${0.5}<br>done</p><style>p { color: red }</style>`[
    displaySymbol
  ]();
  expect(bundle).toEqual({
    'text/html': '<h1>Results</h1><p>loss &lt; 0.5<br>done</p><style>p { color: red }</style>',
    'text/plain': 'Results\nloss < 0.5\ndone',
  });
});

test('values are escaped, fragments are not, lists are joined and nothing is empty', () => {
  expect(String(html`<p>${'<b>&"\'`'}</p>`)).toBe('<p>&lt;b&gt;&amp;&quot;&#39;&#96;</p>');
  expect(String(html`${['a<', html`<i>b</i>`].map((item) => html`<li>${item}</li>`)}`)).toBe(
    '<li>a&lt;</li><li><i>b</i></li>',
  );
  expect(String(html`[${null}${undefined}${false}${[]}]`)).toBe('[]');
  expect(String(html`${0} ${1n} ${true} ${Symbol('s')}`)).toBe('0 1 true Symbol(s)');
  expect(String(html`${{ a: '<' }}`)).toBe('{ a: &#39;&lt;&#39; }');
});

test('a string instead of a template is trusted markup', () => {
  expect(String(html('<b>as it is</b>'))).toBe('<b>as it is</b>');
});

test('other displayables are inserted by their markup or picture', () => {
  expect(String(html`<div>${table([[1]])}</div>`)).toContain('<table');
  expect(String(html`<p>${svg`<svg width="5" height="5"/>`}</p>`)).toBe('<p><svg width="5" height="5"/></p>');
  const picture = { [displaySymbol]: () => ({ 'image/png': 'AAAA', 'text/plain': 'a "dot"' }) };
  expect(String(html`${picture}`)).toBe('<img src="data:image/png;base64,AAAA" alt="a &quot;dot&quot;">');
  const late = { [displaySymbol]: async () => ({ 'text/html': 'late' }) };
  expect(() => html`${late}`).toThrow(/asynchronously/);
});

test('an object that only looks like a fragment is escaped', () => {
  const forged = JSON.parse('{"markup": "<script>alert(1)</script>"}');
  expect(String(html`${forged}`)).not.toContain('<script');
});

test('unusual values do not stop a template', () => {
  const circular: unknown[] = [1];
  circular.push(circular);
  expect(String(html`${circular}`)).toBe('1[Circular]');
  const broken = {
    get toString(): never {
      throw new Error('no');
    },
  };
  expect(String(html`${broken}`)).not.toBe('');
  expect(String(html`${Object.create(null)}`)).toContain('Object: null prototype');
  const anything = new Proxy(() => undefined, { get: () => anything, has: () => false });
  expect(String(html`${anything}`)).not.toBe('');
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(String(html`${proxy}`)).toContain('Revoked');
});

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[<>"'&=/ a-z!-]{0,30}$/),
  fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=y>', "' onload='x", '--><b>', '</p><p>'),
);

test('no interpolated string can open a tag or leave a quoted attribute', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (one, two, three) => {
      const markup = String(html`<p title="${one}" class='${two}'>${three}</p>`);
      expect(markup.match(/</g)).toHaveLength(2);
      expect(markup.match(/>/g)).toHaveLength(2);
      expect(markup.match(/"/g)).toHaveLength(2);
      expect(markup.match(/'/g)).toHaveLength(2);
    }),
  );
});

test('no interpolated string can leave an attribute without quotes', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const markup = String(html`<p title="a=b" class=${value} id=x>t</p>`);
      const attribute = /^<p title="a=b" class=([^\s"'=<>`]+|"") id=x>t<\/p>$/;
      expect(markup).toMatch(attribute);
    }),
  );
  expect(String(html`<a href="?q=${'a b=c'}">n = ${'a b'}</a>`)).toBe('<a href="?q=a b=c">n = a b</a>');
});
