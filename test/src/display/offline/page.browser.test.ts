import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartHtml } from '../../../../src/display/offline/chart.ts';
import { type LibraryName, prepareLibrary } from '../../../../src/display/offline/libraries.ts';
import { loaderHtml } from '../../../../src/display/offline/loader.ts';
import { startBrowser } from '../../../frontends/helpers/browser.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const still = `<img alt="a line" width="700" height="450" src="data:image/png;base64,${pixel}">`;

let browser: Browser;
let folder: string;
let complaints: string[] = [];
let loaders: Record<LibraryName, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offline-'));
  browser = await startBrowser(executablePath);
  const names = ['plotly-basic', 'plotly-cartesian', 'plotly', 'vega'] as const;
  await Promise.all(names.map(prepareLibrary));
  loaders = Object.fromEntries(names.map((name) => [name, loaderHtml(name)])) as typeof loaders;
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const line = (title: string, library: LibraryName = 'plotly-basic', points = 3): string => {
  const x = Array.from({ length: points }, (_, index) => index);
  const figure = { data: [{ x, y: x, mode: 'lines' }], layout: { title: { text: title } } };
  return chartHtml(library, JSON.stringify(figure), still);
};
const bars = (title: string): string => {
  const values = [1, 2, 3].map((a) => ({ a, b: a * a }));
  const encoding = { x: { field: 'a', type: 'ordinal' }, y: { field: 'b', type: 'quantitative' } };
  return chartHtml(
    'vega',
    JSON.stringify({ spec: { title, data: { values }, mark: 'bar', encoding } }),
    still,
  );
};

/** Opens a page from a file, without a network. */
async function open<T>(
  body: string,
  use: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const file = join(folder, `page-${Math.random()}.html`);
  await writeFile(
    file,
    `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`,
  );
  const context = await browser.newContext(options);
  const page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url());
  });
  try {
    await page.goto(pathToFileURL(file).href);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** Scrolls through the page until so many charts are drawn, 20 seconds at most; gives their titles. */
async function titles(page: Page, count: number): Promise<string[]> {
  const drawn =
    '.js-plotly-plot .gtitle, .vega-embed .role-title-text text, .vega-embed svg .role-title text';
  const until = Date.now() + 20_000;
  for (;;) {
    for (const host of await page.locator('[data-descent-chart]').all()) await host.scrollIntoViewIfNeeded();
    const found = await page.locator(drawn).allTextContents();
    if (found.length >= count || Date.now() > until) return found;
    await page.waitForTimeout(100);
  }
}
const stills = (page: Page): Promise<number> => page.locator('[data-descent-still]').count();
const loaded = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const holder = window as unknown as Record<symbol, { libraries: object }>;
    return Object.keys(holder[Symbol.for('descent.offline')]?.libraries ?? {}).map((id) =>
      id.replace(/@.*/, ''),
    );
  });

test('charts after and before the library are drawn in the place of their pictures', async () => {
  await open(
    `${line('before')}${loaders['plotly-basic']}${line('after')}${line('long', 'plotly-basic', 3000)}`,
    async (page) => {
      expect(await titles(page, 3)).toEqual(['before', 'after', 'long']);
      expect(await stills(page)).toBe(0);
      expect(complaints).toEqual([]);
      expect(await page.evaluate(() => 'Plotly' in window)).toBe(false);
    },
  );
});

test('a chart fills its place, and does so when the place changes', async () => {
  await open(
    `<div id="place" style="width:500px">${line('wide')}</div>${loaders['plotly-basic']}`,
    async (page) => {
      await titles(page, 1);
      const width = (): Promise<number> =>
        page
          .locator('.main-svg')
          .first()
          .evaluate((svg) => Math.round(svg.getBoundingClientRect().width));
      expect(await width()).toBe(500);
      await page.locator('#place').evaluate((place) => place.setAttribute('style', 'width:800px'));
      await expect.poll(width, { timeout: 10_000 }).toBe(800);
    },
  );
});

test('several libraries share a page, and the largest of one kind serves all', async () => {
  const body = `${line('one')}${bars('two')}${loaders.vega}${loaders['plotly-cartesian']}${line('three', 'plotly-cartesian')}`;
  await open(body, async (page) => {
    expect((await titles(page, 3)).sort()).toEqual(['one', 'three', 'two']);
    expect((await loaded(page)).sort()).toEqual(['plotly-cartesian', 'vega']);
    expect(complaints).toEqual([]);
  });
});

test('RequireJS and names of modules on the page capture nothing', async () => {
  const amd =
    '<script>var captured = []; function define() { captured.push([...arguments]); } define.amd = {};' +
    'var require = () => captured.push("require"), module = { exports: {} }, exports = module.exports;' +
    'window.Plotly = "another";</script>';
  await open(
    `${amd}${loaders.vega}${bars('bars')}${line('line')}${loaders['plotly-basic']}`,
    async (page) => {
      expect((await titles(page, 2)).sort()).toEqual(['bars', 'line']);
      expect(await page.evaluate('[captured, Object.keys(module.exports), window.Plotly]')).toEqual([
        [],
        [],
        'another',
      ]);
    },
  );
});

/** As JupyterLab inserts an output: markup, whose scripts are replaced by copies, which then run. */
const asLab = `(html, detached) => {
  const output = document.createElement('div');
  if (!detached) document.body.append(output);
  output.innerHTML = html;
  for (const script of output.querySelectorAll('script')) {
    const copy = document.createElement('script');
    for (const { name, value } of script.attributes) copy.setAttribute(name, value);
    copy.textContent = script.textContent;
    script.replaceWith(copy);
  }
  if (detached) document.body.append(output);
}`;
/** As jQuery in the classic Notebook: scripts run in the head, before the output is in the document. */
const asClassic = `(html) => {
  const output = document.createElement('div');
  output.innerHTML = html;
  for (const script of output.querySelectorAll('script')) {
    if (script.type) continue;
    const copy = document.createElement('script');
    copy.text = script.textContent;
    document.head.append(copy);
    copy.remove();
  }
  setTimeout(() => document.body.append(output), 30);
}`;
/** As VS Code's renderer: a copy of each script runs at the end of the output and is taken away. */
const asCode = `(html) => {
  const output = document.createElement('div');
  document.body.append(output);
  output.innerHTML = html;
  for (const script of [...output.getElementsByTagName('script')]) {
    const copy = document.createElement('script');
    copy.text = script.innerText;
    if (script.type) copy.type = script.type;
    output.append(copy);
    copy.remove();
  }
}`;

test.each([
  ['JupyterLab', asLab],
  ['JupyterLab, detached', `(html) => (${asLab})(html, true)`],
  ['Notebook 6', asClassic],
  ['VS Code', asCode],
])('outputs that %s inserts in any order', async (_, insert) => {
  await open('', async (page) => {
    const pieces = [line('first'), loaders['plotly-basic'], line('second')];
    for (const html of pieces) {
      await page.evaluate(`(${insert})(${JSON.stringify(html).replaceAll('</', '<\\/')})`);
      await page.waitForTimeout(150);
    }
    expect((await titles(page, 2)).sort()).toEqual(['first', 'second']);
    // The output with the library is cleared; the page keeps it.
    await page.evaluate(() => document.querySelector('[data-descent-library]')?.parentElement?.remove());
    await page.evaluate(`(${insert})(${JSON.stringify(line('third')).replaceAll('</', '<\\/')})`);
    expect((await titles(page, 3)).sort()).toEqual(['first', 'second', 'third']);
    expect(complaints).toEqual([]);
  });
});

test('a chart that is out of the document while its library arrives is drawn when it is back', async () => {
  await open(`<div id="cell">${line('away')}</div>`, async (page) => {
    await page.evaluate(() => {
      const holder = window as unknown as { cell: Element | null };
      holder.cell = document.querySelector('#cell');
      holder.cell?.remove();
    });
    await page.evaluate(`(${asLab})(${JSON.stringify(loaders['plotly-basic']).replaceAll('</', '<\\/')})`);
    await page.waitForTimeout(300);
    await page.evaluate(() => document.body.append((window as unknown as { cell: Element }).cell));
    expect(await titles(page, 1)).toEqual(['away']);
  });
});

test('a chart that a page shows twice is drawn twice', async () => {
  const chart = line('same');
  await open(`${chart}${loaders['plotly-basic']}${chart}`, async (page) => {
    expect(await titles(page, 2)).toEqual(['same', 'same']);
  });
});

test('a library alone shows nothing', async () => {
  await open(`<div id="output">${loaders['plotly-basic']}</div>`, async (page) => {
    expect(await page.locator('#output').evaluate((output) => output.clientHeight)).toBe(0);
    expect(await loaded(page)).toEqual([]);
  });
});

test('the picture stays without scripts, without the library, and with one that is cut off', async () => {
  await open(
    `${line('x')}${loaders['plotly-basic']}`,
    async (page) => {
      expect(await page.locator('img').isVisible()).toBe(true);
      const text = await page.evaluate(() => document.body.innerText).catch(() => '');
      expect(text.trim()).toBe('');
    },
    { javaScriptEnabled: false },
  );
  await open(line('x'), async (page) => {
    await page.waitForTimeout(300);
    expect([await stills(page), complaints]).toEqual([1, []]);
  });
  const cut = loaders['plotly-basic'].replace(/(data-descent-text="[^"]{5000})[^"]*/, '$1');
  await open(`${cut}${line('x')}`, async (page) => {
    await expect.poll(() => complaints.length, { timeout: 10_000 }).toBe(1);
    expect(await stills(page)).toBe(1);
  });
});
