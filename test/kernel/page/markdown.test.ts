import { describe, expect, it } from 'vitest';
import { Markdown } from '../../../kernel/page/markdown.ts';
import { createMath } from '../../../kernel/page/math.ts';

const baseDir = new URL('fixtures', import.meta.url).pathname;
const DOT = 'iVBORw0KGgo=';

function create(rewriteLink?: (href: string) => string): Markdown {
  return new Markdown({ math: createMath(), baseDir, rewriteLink });
}

function render(source: string, attachments = {}): string {
  const markdown = create();
  return markdown.render(markdown.parseSection(source, attachments));
}

describe('formulas in Markdown', () => {
  it('are not Markdown inside', () => {
    expect(render('$a_1 * b_2 * c_3$')).not.toContain('<em>');
    expect(render('$$\na\n- b\n# c\n> d\n$$')).not.toMatch(/<(ul|h1|blockquote)/);
    expect(render('\\begin{align}\na &= b \\\\\n- c &= d\n\\end{align}')).not.toMatch(/<ul|math-error/);
  });

  it('end a paragraph and stand in lists and quotations', () => {
    expect(render('Text\n$$\nx\n$$\nmore')).toMatch(
      /<p>Text<\/p>\s*<p><span class="math-box">.*<p>more<\/p>/s,
    );
    expect(render('- item\n\n  $$\n  x\n  $$\n\n- other').match(/<li>/g)).toHaveLength(2);
    expect(render('- item\n\n  $$\n  x\n  $$')).toMatch(/<li>.*math-box.*<\/li>/s);
    expect(render('> $$\n> x\n> $$\n\nafter')).toMatch(/<blockquote>.*math-box.*<\/blockquote>\s*<p>after/s);
    expect(render('> $$\n> x\n> $$')).toContain('<annotation encoding="application/x-tex">x</annotation>');
  });

  it('stay text where they are code or money', () => {
    expect(render('`$x$` and $5 and $6')).toBe('<p><code>$x$</code> and $5 and $6</p>\n');
    expect(render('```\n$x$ | $y|z$\n```')).toContain('$x$ | $y|z$');
    expect(render('    $$x$$')).toContain('<code>$$x$$');
    expect(render('\\$x\\$')).toBe('<p>$x$</p>\n');
    expect(render('$$ is the process id\n\nand $$ again')).not.toContain('katex');
  });

  it('may hold the bar of a table', () => {
    const html = render('| a | b |\n|---|---|\n| $|x|$ | $\\|y\\|$ |');
    expect(html.match(/<td>/g)).toHaveLength(2);
    expect(html).toContain('x-tex">|x|</annotation>');
    expect(html).toContain('x-tex">\\|y\\|</annotation>');
  });

  it('are typeset in raw HTML', () => {
    expect(render('<details><summary>Solve $x$</summary>\n\n$y$ **b**\n\n</details>')).toMatch(
      /<details><summary>Solve <span class="katex">.*<strong>b<\/strong>.*<\/details>/s,
    );
  });
});

describe('Markdown', () => {
  it('has tables, which scroll in a box of their own', () => {
    expect(render('|a|\n|--:|\n|1|')).toMatch(
      /<div class="table-box"><table>.*text-align:right.*<\/table><\/div>/s,
    );
  });

  it('links addresses and not file names', () => {
    expect(render('https://a.example and README.md')).toBe(
      '<p><a href="https://a.example">https://a.example</a> and README.md</p>\n',
    );
  });

  it('highlights fences, and survives languages that it does not know', () => {
    expect(render('```ts\nconst a = 1;\n```')).toContain('<span class="hljs-keyword">const</span>');
    expect(render('```nosuch\n<b>\n```')).toContain('&lt;b&gt;');
    expect(render('```constructor\n<b>\n```')).toContain('&lt;b&gt;');
  });

  it('gives headings the ids of Jupyter, each its own', () => {
    const markdown = create();
    const html = markdown.render(
      markdown.parseSection('# The Loss $L$\n\n## A\n\n## A\n\n## <b>"q"</b> & `c`'),
    );
    expect(markdown.headings.list.map(({ id, level }) => [id, level])).toEqual([
      ['The-Loss-L', 1],
      ['A', 2],
      ['A-1', 2],
      ['"q"-&-c', 2],
    ]);
    expect(html).toContain('<h2 id="A-1">');
    expect(html).toContain('id="&quot;q&quot;-&amp;-c"');
    expect(markdown.headings.list[0]?.html).toContain('katex');
    expect(markdown.headings.list[3]?.html).toBe('&quot;q&quot; &amp; <code>c</code>');
  });

  it('finds headings by either way of writing their fragment', () => {
    const html = render('[a](#my-heading) [b](#My-Heading) [c](#none)\n\n# My Heading');
    expect([...html.matchAll(/<a href="(#[^"]*)">/g)].map((m) => m[1])).toEqual([
      '#My-Heading',
      '#My-Heading',
      '#none',
    ]);
  });

  it('passes relative links, and only those, to the caller', () => {
    const markdown = create((href) => href.replace('.ipynb', '.html'));
    const source =
      '[a](02.ipynb#X) [b](https://a.example/c.ipynb) <a href="03.ipynb">c</a> [d](mailto:a@b.c)';
    const html = markdown.render(markdown.parse(source));
    expect([...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1])).toEqual([
      '02.html#X',
      'https://a.example/c.ipynb',
      '03.html',
      'mailto:a@b.c',
    ]);
  });
});

describe('images in Markdown', () => {
  it('become part of the page', () => {
    expect(render('![v](figures/valley.png)')).toContain('<img src="data:image/png;base64,');
    expect(render('<img src="figures/valley.png" width="50">')).toMatch(
      /<img src="data:image\/png;base64,[^"]*" width="50">/,
    );
    expect(render("<p><img alt='v' src=figures/valley.png></p>")).toContain('src="data:image/png;base64,');
  });

  it('come from attachments', () => {
    const attachments = { 'a b.png': { 'image/png': DOT } };
    expect(render('![x](attachment:a%20b.png)', attachments)).toContain(`src="data:image/png;base64,${DOT}"`);
    expect(render('<img src="attachment:a b.png">', attachments)).toContain(
      `src="data:image/png;base64,${DOT}"`,
    );
    expect(render('![x](attachment:toString)', attachments)).toContain('no such attachment');
  });

  it('on the network stay there', () => {
    expect(render('![x](https://a.example/x.png)')).toContain('src="https://a.example/x.png"');
  });

  it.each([
    ['![x](figures/none.png)', 'not found'],
    ['![x](../ansi.test.png)', 'not found'],
    ['![x](everything.ipynb)', 'not an image file'],
    ['<img src="file:///etc/hostname.png">', 'not a path or a web address'],
    ['![x](attachment:none.png)', 'no such attachment'],
  ])('%s is marked as missing', (source, reason) => {
    const html = render(source);
    expect(html).toContain('class="missing-image" role="img"');
    expect(html).toContain(reason);
    expect(html).not.toContain('<img');
  });

  it('that are missing cannot inject HTML', () => {
    const html = render('<img src="&quot;><b>.png" alt="&lt;i&gt;">');
    expect(html).not.toMatch(/<b>|<i>/);
  });
});
