import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { JupyterHome } from './helpers/jupyter.ts';
import type { JupyterServer } from './helpers/jupyterServer.ts';
import { allDone, opened, runFromMenu, runFromToolbar } from './helpers/notebookPage.ts';
import { startedJupyter } from './helpers/started.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;

startedJupyter((started) => {
  ({ home, server, browser } = started);
});

const FILE = 'tables.ipynb';
const SOURCE = `table({ name: ['b', 'c', 'a'], n: [10, 9, Number.NaN], when: [2, 3, 1].map((day) => new Date(day * 864e5)) })`;

function writeNotebook(): void {
  const cell = {
    id: 'a',
    cell_type: 'code',
    source: SOURCE,
    metadata: {},
    outputs: [],
    execution_count: null,
  };
  const kernelspec = { name: 'descent', display_name: 'TypeScript', language: 'typescript' };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: [cell] };
  writeFileSync(join(home.folder, 'work', FILE), JSON.stringify(notebook));
}

async function names(table: Locator): Promise<string[]> {
  return (await table.locator('tr td:first-child').allTextContents()).slice(1);
}

async function shown(path: string, start: (page: Page) => Promise<void>): Promise<Page> {
  writeNotebook();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.url}/${path}/${FILE}?reset&token=${server.token}`, { timeout: 60_000 });
  await server.kernelReady(FILE);
  await opened(page);
  await start(page);
  await allDone(page, 150_000);
  return page;
}

describe.each([
  { name: 'JupyterLab', path: 'lab/tree', start: runFromMenu },
  { name: 'Notebook 7', path: 'notebooks', start: runFromToolbar },
])('$name', ({ path, start }) => {
  it('sorts a table by a click and by keys, which are no shortcuts there', { timeout: 300_000 }, async () => {
    const page = await shown(path, start);
    try {
      const table = page.locator('.jp-OutputArea-output .descent-table table');
      const [first, second, third] = [0, 1, 2].map((index) => table.locator('[aria-sort]').nth(index));
      expect(await names(table)).toEqual(['b', 'c', 'a']);
      await second?.click();
      expect(await names(table)).toEqual(['c', 'b', 'a']);
      await page.keyboard.press('Enter');
      expect(await names(table)).toEqual(['b', 'c', 'a']);
      await third?.focus();
      await page.keyboard.press('Space');
      expect(await names(table)).toEqual(['a', 'b', 'c']);
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      expect(await names(table)).toEqual(['c', 'b', 'a']);
      expect(await first?.getAttribute('aria-sort')).toBe('descending');
      expect(await page.locator('.jp-Notebook.jp-mod-editMode').count()).toBe(0);
      expect(await page.locator('.jp-Notebook .jp-Cell').count()).toBe(1);
    } finally {
      await page.close();
      await server.endSessions();
    }
  });
});
