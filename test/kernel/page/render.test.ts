import { beforeAll, describe, expect, it } from 'vitest';
import { type Cell, type Notebook, readNotebook } from '../../../kernel/notebook/notebook.ts';
import { renderPage } from '../../../kernel/page/render.ts';

const baseDir = new URL('fixtures', import.meta.url).pathname;

function notebook(...cells: Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

function markdown(source: string): Cell {
  return { cell_type: 'markdown', metadata: {}, source };
}

function code(source: string, more: object = {}): Cell {
  return { cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null, ...more };
}

function raw(source: string, format?: string): Cell {
  return { cell_type: 'raw', metadata: format === undefined ? {} : { raw_mimetype: format }, source };
}

function main(html: string): string {
  return html.slice(html.indexOf('<main'), html.indexOf('</main>'));
}

describe('a page with everything', () => {
  let html: string;
  beforeAll(async () => {
    html = renderPage(await readNotebook(`${baseDir}/everything.ipynb`), { baseDir });
  });

  it('refers to nothing that a browser would fetch', () => {
    const fetched = [
      ...html.matchAll(/\s(?:src|href)="(?!data:|#)([^"]*)"|url\((?!data:)([^)]*)\)|@import/g),
    ];
    const links = fetched.filter((found) => !/^(https?:\/\/|01-loss)/.test(found[1] ?? '?'));
    expect(links).toEqual([]);
    expect(html).not.toMatch(/<script[^>]+src=|<img[^>]+src="http/);
  });

  it('stays small: only the fonts in use are inside', () => {
    expect(html.length).toBeLessThan(450_000);
  });

  it('leaves out what is tagged so', () => {
    expect(html).not.toContain('never to be seen');
    expect(html).toContain('only the output remains');
    expect(html).not.toContain('removedInput');
  });

  it('lists its headings', () => {
    const toc = /<nav class="toc".*?<\/nav>/s.exec(html)?.[0] ?? '';
    expect([...toc.matchAll(/href="#([^"]*)"/g)].map((found) => decodeURIComponent(found[1]!))).toEqual([
      'The-condition-number-\\kappa',
      'Tables-and-lists',
      'Other-kinds-of-output',
      'Formulas-and-JSON',
      'Hidden-parts',
      'References',
    ]);
    expect(html).toContain('<a href="#Tables-and-lists">the table below</a>');
  });
});

describe('renderPage', () => {
  it.each([
    [{ title: 'Given' }, {}, '# Top', 'Given'],
    [{}, { title: 'Stored' }, '# Top', 'Stored'],
    [{}, {}, '# Top & `code`', 'Top &amp; code'],
    [{ sourceName: 'a.ipynb' }, {}, 'text', 'a.ipynb'],
    [{}, {}, 'text', 'Notebook'],
  ])('takes the title from %j %j %j', (options, metadata, source, title) => {
    const html = renderPage({ ...notebook(markdown(source)), metadata }, options);
    expect(html).toContain(`<title>${title}</title>`);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('renders an empty notebook', () => {
    const html = renderPage(notebook());
    expect(html).toContain('<h1>Notebook</h1>');
    expect(html).not.toMatch(/class="toc"|@font-face/);
  });

  it('escapes what it is given', () => {
    const link = { href: '"><b>', title: '<b>' };
    const html = renderPage(notebook(), {
      title: '</title><b>',
      sourceName: '<b>',
      previous: link,
      next: link,
    });
    expect(html).not.toContain('<b>');
    expect(html).toContain('rel="prev"');
    expect(html).toContain('rel="next"');
  });

  it('omits cells with nothing in them', () => {
    expect(main(renderPage(notebook(code('  \n'), markdown(''))))).not.toContain('class="cell');
  });

  it('shows code with its number, and without one where it never ran', () => {
    expect(main(renderPage(notebook(code('1', { execution_count: 7 }))))).toContain(
      '<span class="label">In [7]</span>',
    );
    expect(main(renderPage(notebook(code('1'))))).not.toContain('class="label"');
  });

  it('shows raw cells by their format', () => {
    expect(main(renderPage(notebook(raw('<i>a</i>'))))).toContain(
      '<pre class="raw">&lt;i&gt;a&lt;/i&gt;</pre>',
    );
    expect(main(renderPage(notebook(raw('<i>a</i>', 'text/html'))))).toContain('<i>a</i>');
    expect(main(renderPage(notebook(raw('*a*', 'text/markdown'))))).toContain('<em>a</em>');
    expect(main(renderPage(notebook(raw('\\newpage', 'text/latex'))))).not.toContain('newpage');
  });

  it('folds what is hidden', () => {
    const hidden = {
      metadata: { tags: ['hide-input'] },
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'out' }],
    };
    expect(main(renderPage(notebook(code('secret()', hidden))))).toMatch(
      /<details class="folded"><summary>Show code<\/summary>.*secret.*<\/details>\s*<div class="outputs">/s,
    );
  });

  it('names the language of the cells', () => {
    const python = {
      ...notebook(code('def f(): pass')),
      metadata: { language_info: { name: 'python' }, lang: 'fr' },
    };
    const html = renderPage(python);
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('<span class="hljs-keyword">def</span>');
  });
});
