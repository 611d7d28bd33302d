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
  const failing = { name: 'late', [displaySymbol]: () => Promise.reject(new Error('nobody waits for this')) };
  expect(() => html`${failing}`).toThrow(/^html: \{ name: 'late', .* is shown asynchronously; allowed is/);
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

test('a value without quotes stays in its attribute behind a prefix and behind another value', () => {
  expect(String(html`<img src=/img/${'a.png onerror=alert(1)'}>`)).toBe(
    '<img src=/img/a.png&#32;onerror&#61;alert(1)>',
  );
  expect(String(html`<a class=a-${'b'}${' onclick=alert(1)'}>`)).toBe(
    '<a class=a-b&#32;onclick&#61;alert(1)>',
  );
  expect(String(html`<p class=${html`<b title="x">`}>`)).toBe(
    '<p class=&#60;b&#32;title&#61;&#34;x&#34;&#62;>',
  );
  expect(String(html`<a href=${''}${'/x'} id=${''}>${''}</a>`)).toBe('<a href=/x id=""></a>');
  fc.assert(
    fc.property(hostile, hostile, (one, two) => {
      expect(String(html`<p class=a-${one}${two} id=x>t</p>`)).toMatch(
        /^<p class=a-[^\s"'=<>`]* id=x>t<\/p>$/,
      );
    }),
  );
});

test('in a tag only fragments and empty values may stand outside the values of attributes', () => {
  expect(() => html`<div ${'onclick=alert(1)'}>`).toThrow(
    /^html: the value after "<div " is 'onclick=alert\(1\)'; allowed in a tag, .* html`hidden`/,
  );
  expect(() => html`<${'script'}>`).toThrow(TypeError);
  expect(() => html`<p></${'p'}>`).toThrow(TypeError);
  expect(() => html`<p data-${'x'}="1">`).toThrow(TypeError);
  expect(() => html`<p title="a"${'onclick=b'}>`).toThrow(TypeError);
  expect(() => svg`<g ${'onclick=b'}/>`).toThrow(/^svg: the value after/);
  expect(String(html`<input ${html`checked`} ${null}${false}${[]}><${html`h1`} id=${'a b'}>`)).toBe(
    '<input checked ><h1 id=a&#32;b>',
  );
});

test('comments, declarations and comparisons in the text are told from tags', () => {
  expect(String(html`<!-- <p ${'<a b>'} --><b>${'a b'}</b>`)).toBe('<!-- <p &lt;a b&gt; --><b>a b</b>');
  expect(String(html`<!doctype html><p>${'a b'}`)).toBe('<!doctype html><p>a b');
  expect(String(html`1 < 2 = ${'a b'}, x<- ${'c d'}`)).toBe('1 < 2 = a b, x<- c d');
  expect(String(html`<p title="a > b" class='x=${"it's b"}'>= ${'c d'}</p>`)).toBe(
    `<p title="a > b" class='x=it&#39;s b'>= c d</p>`,
  );
  expect(String(html`<p title='${html`it's "b"`}'>`)).toBe("<p title='it&#39;s &quot;b&quot;'>");
});

test('a script and a style take what needs no escaping', () => {
  expect(
    String(html`<style>p { color: ${'#0072B2'}; width: ${'12px'}; flex: ${2} }</style><i>${'<'}</i>`),
  ).toBe('<style>p { color: #0072B2; width: 12px; flex: 2 }</style><i>&lt;</i>');
  expect(() => html`<style>p { color: ${'red } </style><script>'}`).toThrow(/allowed in a style are numbers/);
  expect(String(html`<script>if (1 < ${2}) f(${html('"a"')})</script>`)).toBe(
    '<script>if (1 < 2) f("a")</script>',
  );
  expect(() => html`<script>f("${'a'}")</script>`).toThrow(
    /allowed in a script are numbers, true, and trusted text as html\(text\)/,
  );
});

test('an element is inserted as its markup', () => {
  class FakeElement {
    readonly #markup = '<b title="x">bold</b>';
    get outerHTML(): string {
      return this.#markup;
    }
  }
  expect(String(html`<p>${new FakeElement()}${[{ outerHTML: '<i>i</i>' }]}</p>`)).toBe(
    '<p><b title="x">bold</b><i>i</i></p>',
  );
  expect(String(html`<p title="${new FakeElement()}">`)).toBe('<p title="<b title=&quot;x&quot;>bold</b>">');
});
