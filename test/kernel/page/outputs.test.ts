import { describe, expect, it } from 'vitest';
import type { Output } from '../../../kernel/notebook/notebook.ts';
import { Markdown } from '../../../kernel/page/markdown.ts';
import { createMath } from '../../../kernel/page/math.ts';
import { type OutputContext, renderOutputs } from '../../../kernel/page/outputs.ts';

const PNG = 'iVBORw0KGgo=';

function render(outputs: Output[], options: Partial<OutputContext> = {}): string {
  const math = createMath();
  return renderOutputs(outputs, {
    math,
    markdown: new Markdown({ math }),
    title: '',
    scroll: undefined,
    widgets: new Map(),
    ...options,
  });
}

function show(
  data: Record<string, string | object>,
  metadata = {},
  options: Partial<OutputContext> = {},
): string {
  const output = { output_type: 'display_data', data, metadata } as Output;
  return render([output], options);
}

function stream(text: string, name = 'stdout'): Output {
  return { output_type: 'stream', name, text };
}

describe('streams', () => {
  it('joins the pieces of one stream before it plays them', () => {
    expect(render([stream('10%'), stream('\r100%\n')])).toBe('<pre class="output stdout">100%</pre>');
  });

  it('keeps streams apart', () => {
    const html = render([stream('a'), stream('b', 'stderr'), stream('c')]);
    expect(html.match(/<pre/g)).toHaveLength(3);
    expect(html).toContain('<pre class="output stderr" role="group" aria-label="Error stream">b</pre>');
  });

  it('escapes HTML and omits what is empty', () => {
    expect(render([stream('<img src=x onerror=alert(1)>')])).not.toContain('<img');
    expect(render([stream('\n')])).toBe('');
  });

  it('puts what is long into a box that scrolls, unless told otherwise', () => {
    const long = stream('line\n'.repeat(40));
    expect(render([long])).toContain('tall');
    expect(render([long], { scroll: false })).not.toContain('tall');
    expect(render([stream('short')], { scroll: true })).toContain('tall');
  });
});

describe('errors', () => {
  it('show the traceback in its colours, or the message', () => {
    const error: Output = {
      output_type: 'error',
      ename: 'E',
      evalue: '<b>',
      traceback: ['\u001b[31mE\u001b[0m: <b>', ' at 1'],
    };
    expect(render([error])).toContain('<span class="ansi-fg-1">E</span>: &lt;b&gt;\n at 1');
    expect(render([{ ...error, traceback: [] }])).toContain('E: &lt;b&gt;');
  });
});

describe('rich outputs', () => {
  it('keep the scripts of HTML', () => {
    const html = '<div id="a"></div><script>const price = "$5$"; run(price)</script>';
    expect(show({ 'text/html': html })).toBe(`<div class="output html">${html}</div>`);
  });

  it('show the picture beside a chart specification, in its size', () => {
    const html = show(
      { 'application/vnd.vegalite.v5+json': {}, 'image/png': `${PNG}\n` },
      { 'image/png': { width: 300 } },
    );
    expect(html).toBe(
      `<div class="output image"><img src="data:image/png;base64,${PNG}" alt="Figure" style="--natural: 300px" width="300" class="paper"></div>`,
    );
  });

  it.each([
    [{ 'text/plain': 'Loss by step' }, {}, 'Loss by step'],
    [{ 'text/plain': '<Figure size 640x480>' }, {}, 'Figure: The valley'],
    [{ 'text/plain': '[object Object]' }, {}, 'Figure: The valley'],
    [{ 'text/plain': 'x' }, { alt: 'A "valley"' }, 'A &quot;valley&quot;'],
    [{ 'text/plain': 'x' }, { 'image/png': { width: 9, alt: 'A hill' } }, 'A hill'],
    [{ 'text/plain': '[image 28×28 float32, 0–1]' }, {}, '[image 28×28 float32, 0–1]'],
    [{}, {}, 'Figure: The valley'],
  ])('describe the picture of %j %j in words', (data, metadata, alt) => {
    expect(show({ 'image/png': PNG, ...data }, metadata, { title: 'The valley' })).toContain(`alt="${alt}"`);
  });

  it('give SVG its namespace and keep its scripts from running', () => {
    const html = show({ 'image/svg+xml': '<svg width="1"><script>alert(1)</script></svg>' });
    const data = /base64,([^"]*)/.exec(html)?.[1] ?? '';
    expect(Buffer.from(data, 'base64').toString()).toContain(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1">',
    );
    expect(html).not.toContain('<script>');
  });

  it('typeset LaTeX with delimiters or without', () => {
    expect(show({ 'text/latex': '$\\displaystyle x$' })).toMatch(
      /<div class="output latex"><span class="katex">/,
    );
    expect(show({ 'text/latex': '\\frac{a}{b}' })).toContain('katex-display');
    expect(show({ 'text/latex': 'Text & $x$ <b>' })).toContain('Text &amp; <span class="katex">');
  });

  it('render Markdown and JSON', () => {
    expect(show({ 'text/markdown': '**b** $x$' })).toMatch(/<strong>b<\/strong> <span class="katex">/);
    expect(show({ 'application/json': { a: '</pre><b>' } })).toContain('&lt;/pre&gt;&lt;b&gt;');
  });

  it('say so when there is nothing that a page can show', () => {
    expect(show({ 'application/vnd.<x>+json': {} })).toContain(
      'cannot show this output (application/vnd.&lt;x&gt;+json)',
    );
    expect(show({ 'text/html': ' \n', 'text/latex': '' })).not.toContain('cannot show');
    expect(show({})).toBe('');
  });
});
