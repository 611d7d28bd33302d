import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell, JsonObject, Output } from '../../../kernel/notebook/notebook.ts';
import { renderPage } from '../../../kernel/page/render.ts';
import { startBrowser } from '../../frontends/helpers/browser.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PHONE = 390;
const LAPTOP = 1280;

const heads = [
  'samples',
  'first gradient, mean',
  'first gradient, sum',
  'final loss, mean',
  'final loss, sum',
];
const row = heads.map((_, i) => `<td>${(0.123_456 * 10 ** i).toFixed(3)} ± 0.001</td>`).join('');
const table =
  '<div class="descent-table" style="overflow-x:auto"><table>' +
  `<thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>` +
  `<tbody>${`<tr style="background:#eee">${row}</tr>`.repeat(7)}</tbody></table></div>`;
const chart =
  '<svg xmlns="http://www.w3.org/2000/svg" width="840" height="300"><rect width="840" height="300"/></svg>';
const columns100 = 'x'.repeat(100);

let browser: Browser;
let folder: string;
let address: string;

describe('the layout of the page', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layout-'));
    const file = join(folder, 'layout.html');
    await writeFile(file, renderPage({ cells: cells(), metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    address = pathToFileURL(file).href;
    browser = await startBrowser(executablePath);
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  async function at<T>(width: number, use: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    page.setDefaultTimeout(20_000);
    try {
      await page.goto(address);
      return await use(page);
    } finally {
      await page.close();
    }
  }

  it.each([360, 390, 800, 928, 1183, 1184, 1280, 1400, 1920])(
    'never scrolls sideways at %i',
    async (width) => {
      const widths = await at(width, (page) =>
        page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth]),
      );
      expect(widths).toEqual([width, width]);
    },
  );

  it('fades the edge beyond which a table goes on, and lets the keyboard reach it', async () => {
    const states = await at(PHONE, async (page) => {
      const box = page.locator('.descent-table');
      const state = (): Promise<unknown> =>
        box.evaluate((element) => [
          element.classList.contains('more-left'),
          element.classList.contains('more-right'),
          getComputedStyle(element).maskImage.includes('gradient'),
          (element as HTMLElement).tabIndex,
        ]);
      const start = await state();
      await box.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
      await page.waitForSelector('.descent-table.more-left');
      return [start, await state()];
    });
    expect(states).toEqual([
      [false, true, true, 0],
      [true, false, true, 0],
    ]);
  });

  it('gives wide outputs the room beside the text', async () => {
    const found = await at(LAPTOP, (page) =>
      page.evaluate(() => {
        const width = (selector: string): number =>
          document.querySelector(selector)!.getBoundingClientRect().width;
        const box = document.querySelector('.descent-table')!;
        return {
          text: width('main p'),
          input: width('.input pre'),
          table: width('.descent-table table'),
          hidden: box.scrollWidth - box.clientWidth,
          chart: width('.output.image img'),
          lines: [...document.querySelectorAll('pre.text')].map((pre) =>
            Math.round((pre.clientHeight - 4) / Number.parseFloat(getComputedStyle(pre).lineHeight)),
          ),
        };
      }),
    );
    expect(found).toMatchObject({ text: 736, input: 736, hidden: 0 });
    expect(found.chart).toBeGreaterThanOrEqual(840);
    expect(found.table).toBeGreaterThan(736);
    expect(found.lines[0]).toBe(2);
  });

  it('centres the text of a window of medium width', async () => {
    const [left, right] = await at(1100, (page) =>
      page.evaluate(() => {
        const box = document.querySelector('main')!.getBoundingClientRect();
        return [box.left, innerWidth - box.right];
      }),
    );
    expect(left).toBeCloseTo(right!, 0);
  });

  it.each([PHONE, LAPTOP])('cuts no line of text at %i', async (width) => {
    const cut = await at(width, (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('pre.output')]
          .filter((pre) => pre.scrollWidth > pre.clientWidth)
          .map((pre) => pre.textContent!.slice(0, 20)),
      ),
    );
    expect(cut).toEqual([]);
  });

  it('keeps a chart legible on a phone: it scrolls', async () => {
    const [shown, visible, faded] = await at(PHONE, (page) =>
      page.evaluate(() => {
        const box = document.querySelector('.output.image')!;
        return [box.scrollWidth, box.clientWidth, box.classList.contains('more-right')];
      }),
    );
    expect(shown).toBe(0.8 * 840);
    expect(visible).toBeLessThanOrEqual(PHONE);
    expect(faded).toBe(true);
  });

  it('unfolds the solutions for printing, and folds them again', async () => {
    const states = await at(LAPTOP, async (page) => {
      await page.evaluate(() => {
        const solution = document.querySelector<HTMLDetailsElement>('main details')!;
        addEventListener('beforeprint', () => {
          document.body.dataset.printed = String(solution.open);
        });
      });
      await page.pdf();
      return page.evaluate(() => [
        document.body.dataset.printed,
        document.querySelector<HTMLDetailsElement>('main details')!.open,
      ]);
    });
    expect(states).toEqual(['true', false]);
  });

  it('breaks neither short code nor tables on paper', async () => {
    const rules = await at(700, async (page) => {
      await page.emulateMedia({ media: 'print' });
      return page.evaluate(() => {
        const style = (selector: string): CSSStyleDeclaration =>
          getComputedStyle(document.querySelector(selector)!);
        const pre = style('.input pre');
        return [pre.orphans, pre.widows, style('table').breakInside, style('h2').breakAfter];
      });
    });
    expect(rules).toEqual(['6', '6', 'avoid', 'avoid']);
  });

  it('marks no section as current before one begins', async () => {
    const current = await at(LAPTOP, async (page) => {
      const marked = (): Promise<string[]> => page.locator('.toc [aria-current]').allTextContents();
      const first = await marked();
      await page.evaluate(() => document.querySelector('h2')!.scrollIntoView({ behavior: 'instant' }));
      await page.waitForSelector('.toc [aria-current]');
      return [first, await marked()];
    });
    expect(current).toEqual([[], ['Method']]);
  });

  it('leaves hardly a gap between code and the comma behind it', async () => {
    const gap = await at(LAPTOP, (page) =>
      page.evaluate(() => {
        const code = document.querySelector('p code')!;
        const [word, comma] = [document.createRange(), document.createRange()];
        word.selectNodeContents(code);
        comma.setStart(code.nextSibling!, 0);
        comma.setEnd(code.nextSibling!, 1);
        return comma.getBoundingClientRect().left - word.getBoundingClientRect().right;
      }),
    );
    expect(gap).toBeGreaterThanOrEqual(0);
    expect(gap).toBeLessThan(2);
  });

  it('numbers the equations one after the other', async () => {
    const reset = await at(LAPTOP, (page) =>
      page.evaluate(() => getComputedStyle(document.querySelector('main')!).counterReset),
    );
    // Chromium scopes counters to a container, and `.frame` is one.
    expect(reset).toContain('katexEqnNo');
  });
});

function cells(): Cell[] {
  const text = (data: string): Output => result({ 'text/plain': data });
  return [
    markdown(
      `# Layout\n\nThe text with \`code\`, a comma, and enough words to fill a line.\n\n${filler(30)}`,
    ),
    markdown(
      `## Method\n\n- [ ] open\n- [x] done\n\n<details><summary>Solution</summary>\n\nIt is 3.\n\n</details>`,
    ),
    code([
      result({ 'text/html': table }),
      result({ 'image/svg+xml': chart }),
      text(`${columns100}\n${columns100}`),
      text('y'.repeat(2800)),
      { output_type: 'stream', name: 'stdout', text: `long ${'words '.repeat(80)}` },
      { output_type: 'error', ename: 'E', evalue: 'e', traceback: [`E: ${'received [3,3] '.repeat(40)}`] },
    ]),
    markdown(`## Result\n\n${filler(30)}`),
  ];
}

function filler(paragraphs: number): string {
  return `${'Words that fill the page. '.repeat(8)}\n\n`.repeat(paragraphs);
}

function markdown(source: string): Cell {
  return { cell_type: 'markdown', source, metadata: {} };
}

function code(outputs: Output[]): Cell {
  return { cell_type: 'code', source: 'show()', metadata: {}, execution_count: 1, outputs };
}

function result(data: JsonObject): Output {
  return { output_type: 'display_data', data, metadata: {} };
}
