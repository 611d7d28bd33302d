import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { displaySymbol, type TableOptions, table } from '../../../../src/display/index.ts';

function page(data: unknown, options: TableOptions = {}): Document {
  const bundle = table(data, options)[displaySymbol]() as Record<string, string>;
  return new JSDOM(bundle['text/html'], { runScripts: 'dangerously' }).window.document;
}

const cellsOf = (document: Document, column: number): (string | undefined)[] =>
  [...document.querySelectorAll('tr')].slice(1).map((row) => row.children[column]?.textContent?.trimEnd());

function click(document: Document, column: number): string | null {
  const header = document.querySelectorAll<HTMLElement>('[role=columnheader]')[column];
  header?.click();
  return header?.getAttribute('aria-sort') ?? null;
}

test('a click sorts up, down and as it was; missing values come last; equal ones keep their order', () => {
  const rows = [
    { n: 10, when: new Date(5e12), text: 'item 10', id: 'a' },
    { n: Number.NaN, when: new Date(Number.NaN), text: null, id: 'b' },
    { n: 9n, when: new Date(1e12), text: 'Item 9', id: 'c' },
    { n: -1e-7, when: undefined, text: 'item 9', id: 'd' },
    { n: 9, when: new Date(2e12), id: 'e' },
  ];
  const document = page(rows);
  const ids = (): string => cellsOf(document, 3).join('');
  expect(click(document, 0)).toBe('ascending');
  expect(ids()).toBe('dceab');
  expect(click(document, 0)).toBe('descending');
  expect(ids()).toBe('acedb');
  expect(click(document, 0)).toBe('none');
  expect(ids()).toBe('abcde');
  click(document, 1);
  expect(ids()).toBe('ceabd');
  expect(click(document, 2)).toBe('ascending');
  expect(ids()).toBe('cdabe');
  expect(document.querySelectorAll('[aria-sort]:not([aria-sort=none])')).toHaveLength(1);
});

test('values that look the same are sorted by what they are', () => {
  const document = page({ x: [0.12345678, 0.12345671], id: ['a', 'b'] });
  expect(cellsOf(document, 0)).toEqual(['0.123457', '0.123457']);
  click(document, 0);
  expect(cellsOf(document, 1)).toEqual(['b', 'a']);
});

test('Enter and the space bar sort as well, and nothing else does', () => {
  const document = page({ x: [2, 1] });
  const header = document.querySelector('[role=columnheader]');
  const { KeyboardEvent } = document.defaultView as unknown as { KeyboardEvent: typeof globalThis.Event };
  const press = (key: string): boolean =>
    header?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true } as EventInit),
    ) ?? false;
  expect(press('a')).toBe(true);
  expect(cellsOf(document, 0)).toEqual(['2', '1']);
  expect(press('Enter')).toBe(false);
  expect(cellsOf(document, 0)).toEqual(['1', '2']);
  press(' ');
  expect(cellsOf(document, 0)).toEqual(['2', '1']);
  expect(header?.getAttribute('tabindex')).toBe('0');
});

test('where rows are left out, those shown are sorted, and it says so', () => {
  const document = page(
    Array.from({ length: 100 }, (_, n) => ({ n: (n * 7) % 100 })),
    { maxRows: 4 },
  );
  const before = ['0', '7', '… 96 more rows', '86', '93'];
  expect(cellsOf(document, 0)).toEqual(before);
  click(document, 0);
  click(document, 0);
  expect(cellsOf(document, 0)).toEqual([
    ...['93', '86', '7', '0', '… 96 more rows, not sorted: only the 4 rows shown are'],
  ]);
  click(document, 0);
  expect(cellsOf(document, 0)).toEqual(before);
});

test('two tables of one page are sorted apart', () => {
  const bundle = table({ x: [2, 1] })[displaySymbol]() as Record<string, string>;
  const twice = `${bundle['text/html']}${bundle['text/html']}`;
  const { document } = new JSDOM(twice, { runScripts: 'dangerously' }).window;
  click(document, 1);
  const texts = [...document.querySelectorAll('table')].map((one) => one.rows[1]?.textContent);
  expect(texts).toEqual(['2', '1']);
});

test('of wide tables the first and the last columns are shown', () => {
  const document = page([Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`c${n}`, n]))], {
    maxColumns: 3,
    index: true,
  });
  const heads = [...document.querySelectorAll('tr:first-child b, tr:first-child td:not([role])')];
  expect(heads.map((head) => head.textContent)).toEqual(['', 'c0', 'c1', '…', 'c49']);
  expect(document.body.textContent).toContain('… 47 more columns');
});

test('sorting a wide table finds the columns behind the gap', () => {
  const document = page({ a: [1, 2], b: [1, 2], c: [2, 1] }, { maxColumns: 2 });
  click(document, 1);
  expect(cellsOf(document, 2)).toEqual(['1', '2']);
});

test('nothing but tags that exports with cleaned HTML let through, the script in attributes alone', () => {
  const document = page(
    Array.from({ length: 100 }, (_, n) => ({ n, text: 'x'.repeat(500), none: null })),
    { caption: '<i>&' },
  );
  const tags = new Set([...document.body.querySelectorAll('*')].map((node) => node.tagName));
  expect([...tags].sort()).toEqual(['B', 'DIV', 'SPAN', 'TABLE', 'TBODY', 'TD', 'TR']);
  expect(document.querySelector('b')?.textContent).toBe('<i>&');
});

test('long text is cut, with the whole in its title', () => {
  const whole = `${'word '.repeat(100)}"><img src=x onerror=alert(1)>`;
  const document = page([{ text: whole }]);
  const cell = document.querySelectorAll('td')[1];
  expect(cell?.textContent).toBe(`${whole.slice(0, 99)}…`);
  expect(cell?.getAttribute('title')).toBe(whole);
  expect(document.querySelector('img')).toBeNull();
});

test('a table of one row or none is not sortable, and types can be left out', () => {
  for (const rows of [[], [{ a: 1 }]]) {
    const document = page(rows, { types: false });
    expect(document.querySelector('[aria-sort], [onclick], [tabindex]')).toBeNull();
    expect(document.body.textContent).not.toContain('integer');
  }
});

test('many rows scroll in a box of their own', () => {
  const box = (rows: number): string | undefined =>
    page({ n: Array.from({ length: rows }, (_, n) => n) }, { maxRows: 100 }).querySelector<HTMLElement>(
      '.descent-table',
    )?.style.maxHeight;
  expect([box(20), box(100)]).toEqual(['', '600px']);
});
