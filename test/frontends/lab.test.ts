import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { looksDrawn } from './helpers/ink.ts';
import type { JupyterHome } from './helpers/jupyter.ts';
import type { JupyterServer } from './helpers/jupyterServer.ts';
import { allDone, charts, errors, opened, runFromMenu, runFromToolbar } from './helpers/notebookPage.ts';
import { tail } from './helpers/process.ts';
import { screenshot } from './helpers/screenshots.ts';
import { startedJupyter } from './helpers/started.ts';
import { root } from './helpers/tools.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;

startedJupyter((started) => {
  ({ home, server, browser } = started);
});

const FRONT_ENDS = [
  { name: 'JupyterLab', path: 'lab/tree', start: runFromMenu },
  { name: 'Notebook 7', path: 'notebooks', start: runFromToolbar },
];

const NOTEBOOKS = [
  { notebook: 'test/frontends/fixtures/charts.ipynb', atLeast: 1 },
  { notebook: 'notebooks/01-loss-functions.ipynb', atLeast: 4 },
];

interface Shown {
  errors: string[];
  drawn: number;
}

interface Place {
  /** The front-end's part of the address. */
  path: string;
  file: string;
  start(page: Page): Promise<void>;
}

async function show(page: Page, { path, file, start }: Place): Promise<Shown> {
  // Without `reset` Lab also opens, in a hidden tab, the notebook of the test before.
  await page.goto(`${server.url}/${path}/${file}?reset&token=${server.token}`, { timeout: 60_000 });
  await server.kernelReady(file);
  await opened(page);
  await start(page);
  await allDone(page, 150_000);
  await page.waitForTimeout(1000);
  const found = await charts(page);
  return { errors: await errors(page), drawn: found.filter((chart) => looksDrawn(chart.ink)).length };
}

describe.each(FRONT_ENDS)('$name', ({ name, path, start }) => {
  it.each(NOTEBOOKS)(
    'runs $notebook and shows its charts',
    { timeout: 300_000 },
    async ({ notebook, atLeast }) => {
      expect(existsSync(join(root, notebook)), `${notebook} is missing`).toBe(true);
      const file = basename(home.copy(notebook));
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      const label = `${name.replaceAll(' ', '-')}-${basename(file, '.ipynb')}`;
      try {
        const shown = await show(page, { path, file, start });
        await screenshot(page, label);
        expect(shown.errors).toEqual([]);
        expect(shown.drawn).toBeGreaterThanOrEqual(atLeast);
      } catch (error) {
        await screenshot(page, `${label}-failed`);
        throw new Error(`${String(error)}\nserver log:\n${tail(server.log())}`, { cause: error });
      } finally {
        await page.close();
        await server.endSessions();
      }
    },
  );
});

it('leaves no process when the server has ended', { timeout: 60_000 }, async () => {
  await browser.close();
  await server.stop();
  expect(home.leftovers()).toEqual([]);
});
