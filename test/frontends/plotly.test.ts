import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ink, looksDrawn } from './helpers/ink.ts';
import type { JupyterHome } from './helpers/jupyter.ts';
import type { JupyterServer } from './helpers/jupyterServer.ts';
import { allDone, errors, opened, runFromMenu, runFromToolbar } from './helpers/notebookPage.ts';
import { decodePng } from './helpers/png.ts';
import { run, tail } from './helpers/process.ts';
import { screenshot } from './helpers/screenshots.ts';
import { startedJupyter } from './helpers/started.ts';
import { root } from './helpers/tools.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;

startedJupyter((started) => {
  ({ home, server, browser } = started);
});

/** Of each library: the third chart needs more than those before it. */
const CELLS = [
  `plotly([{ y: [1, 3, 2], name: 'train' }, { y: [3, 2, 4], name: 'validation' }], { title: 'Line', xaxis: { title: 'epoch' } })`,
  `const handle = display(plotly({ type: 'bar', x: ['a', 'b'], y: [1, 2] }, { title: 'Old' }));
handle.update(plotly({ type: 'bar', x: ['a', 'b'], y: [2, 1] }, { title: 'Bars' }));`,
  `plotly({ type: 'violin', y: [1, 2, 2, 3, 5, 8], name: 'all' }, { title: 'Violin' })`,
  `plotly({ type: 'pie', labels: ['train', 'test'], values: [3, 1] }, { title: 'Pie' })`,
];
const TITLES = ['Line', 'Bars', 'Violin', 'Pie'];

function write(name: string, sources: readonly string[]): string {
  const path = join(home.folder, 'work', name);
  const cells = sources.map((source, index) => ({
    ...{ cell_type: 'code', id: `cell-${index}`, metadata: {}, execution_count: null, outputs: [], source },
  }));
  const kernelspec = { name: 'descent', display_name: 'TypeScript (Descent)', language: 'typescript' };
  writeFileSync(path, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

/** Looks at all charts of a page until they are drawn, half a minute at most; gives their titles. */
async function interactive(page: Page, count: number): Promise<string[]> {
  for (const deadline = Date.now() + 30_000; ; await sleep(200)) {
    for (const host of await page.locator('[data-descent-chart]').all()) {
      if (await host.isVisible()) await host.scrollIntoViewIfNeeded();
    }
    const titles = await page.locator('.js-plotly-plot .gtitle').allTextContents();
    if (titles.length >= count || Date.now() > deadline) return titles;
  }
}

async function expectCharts(page: Page, titles = TITLES): Promise<void> {
  expect(await interactive(page, titles.length)).toEqual(titles);
  expect(await page.locator('[data-descent-still]').count()).toBe(0);
  for (const chart of await page.locator('.js-plotly-plot').all()) {
    await chart.scrollIntoViewIfNeeded();
    expect(looksDrawn(ink(decodePng(await chart.screenshot())))).toBe(true);
  }
  for (const library of await page.locator('[data-descent-library]').all())
    expect(await library.isVisible()).toBe(false);
}

async function openInLab(path: string, file: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(`${server.url}/${path}/${file}?reset&token=${server.token}`, { timeout: 60_000 });
  await server.kernelReady(file);
  await opened(page);
  return page;
}

describe.each([
  { name: 'JupyterLab', path: 'lab/tree', start: runFromMenu },
  { name: 'Notebook 7', path: 'notebooks', start: runFromToolbar },
])('$name', ({ name, path, start }) => {
  it('draws charts of several libraries, and again after the page is loaded anew', {
    timeout: 300_000,
  }, async () => {
    const file = `plotly-${path.replace('/', '-')}.ipynb`;
    write(file, CELLS);
    const page = await openInLab(path, file);
    try {
      await start(page);
      await allDone(page, 150_000);
      await expectCharts(page);
      expect(await errors(page)).toEqual([]);
      await screenshot(page, `plotly-${name.replace(' ', '-')}`);
      // The page that the reader sees is as wide as its charts.
      const width = await page
        .locator('.js-plotly-plot')
        .first()
        .evaluate((chart) => chart.clientWidth);
      expect(width).toBeGreaterThan(700);
      await page.keyboard.press('Control+s');
      await page.waitForFunction(() => !document.querySelector('.jp-mod-dirty'), null, { timeout: 20_000 });
      await sleep(1000);
      await page.reload();
      await opened(page);
      await expectCharts(page);
    } catch (error) {
      await screenshot(page, `plotly-${name.replace(' ', '-')}-failed`);
      throw new Error(`${String(error)}\nserver log:\n${tail(server.log())}`, { cause: error });
    } finally {
      await page.close();
      await server.endSessions();
    }
  });
});

/** Opens a page from a file, where nothing else can be reached. */
async function openFile(path: string): Promise<{ page: Page; requests: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  const requests: string[] = [];
  page.on('request', (request) => {
    if (/plotly|vega|topojson/i.test(request.url()) && !request.url().startsWith('file:'))
      requests.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, requests };
}

async function nbconvert(...args: string[]): Promise<void> {
  const command = join(home.tools.bin, 'jupyter');
  const done = await run(command, ['nbconvert', ...args], {
    env: home.env,
    cwd: home.folder,
    limit: 200_000,
  });
  expect(done.code, tail(done.stderr)).toBe(0);
}

it('pages of nbconvert show the charts, from a file, without a network', { timeout: 300_000 }, async () => {
  const path = write('convert.ipynb', CELLS);
  await nbconvert('--execute', '--to', 'notebook', '--inplace', path);
  for (const template of ['lab', 'classic', 'basic']) {
    await nbconvert('--to', 'html', '--template', template, '--output', template, path);
    const { page, requests } = await openFile(join(home.folder, 'work', `${template}.html`));
    await expectCharts(page);
    expect(requests).toEqual([]);
    await page.close();
  }
});

it('the page of descent run shows them as well', { timeout: 300_000 }, async () => {
  const path = write('page.ipynb', CELLS);
  const program = process.env.DESCENT_MAIN ?? join(root, 'dist/kernel/main.js');
  const args = [program, 'run', path, '--html', '--output-dir', join(home.folder, 'out')];
  const done = await run(process.execPath, args, { env: home.env, cwd: home.folder, limit: 200_000 });
  expect(done.code, tail(done.stderr)).toBe(0);
  const { page, requests } = await openFile(join(home.folder, 'out/page.html'));
  await expectCharts(page);
  expect(requests).toEqual([]);
  expect(await page.locator('main').innerText()).not.toContain('cannot show');
  await page.close();
});

it('ten charts make a notebook of less than 1.2 MB', { timeout: 300_000 }, async () => {
  const kinds = [
    `[{ y: seq((i) => Math.exp(-i / 12)), name: 'train' }, { y: seq((i) => Math.exp(-i / 14) + 0.1), name: 'validation' }]`,
    `[{ type: 'bar', x: ['SGD', 'Adam'], y: [1, 2], name: 'accuracy' }, { type: 'bar', x: ['SGD', 'Adam'], y: [2, 2], name: 'recall' }]`,
    `[{ type: 'pie', labels: ['train', 'test', 'valid'], values: [3, 1, 2] }]`,
    `[{ x: seq((i) => Math.sin(i * 7)), y: seq((i) => Math.cos(i * 3)), mode: 'markers' }]`,
  ];
  const charts = Array.from(
    { length: 10 },
    (_, at) =>
      `plotly(${kinds[at % kinds.length]}, { title: 'Chart ${at}', xaxis: { title: 'x' }, yaxis: { title: 'y' } })`,
  );
  const path = write('ten.ipynb', [
    'const seq = (f) => Array.from({ length: 60 }, (_, i) => f(i));',
    ...charts,
  ]);
  await nbconvert('--execute', '--to', 'notebook', '--inplace', path);
  const text = readFileSync(path, 'utf8');
  expect(text.split('data-descent-text=').length - 1).toBe(1);
  expect(text.split('data-descent-chart=').length - 1).toBe(10);
  expect(statSync(path).size).toBeLessThan(1_200_000);
});
