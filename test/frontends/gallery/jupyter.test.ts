import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { JupyterHome } from '../helpers/jupyter.ts';
import { type JupyterServer, labSetting } from '../helpers/jupyterServer.ts';
import { allDone, errors, opened, runFromMenu, runFromToolbar } from '../helpers/notebookPage.ts';
import { startedJupyter } from '../helpers/started.ts';
import { describeGallery, type Shown } from './describe.ts';
import { writeGallery } from './files.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;

startedJupyter((started) => {
  ({ home, server, browser } = started);
});

async function open(path: string, file: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: path === 'notebooks' ? 1000 : 1280, height: 1400 },
  });
  await page.goto(`${server.url}/${path}/${basename(file)}?reset&token=${server.token}`, { timeout: 60_000 });
  await server.kernelReady(basename(file));
  await opened(page);
  return page;
}

function shownIn(page: Page): Shown {
  const cells = page.locator('.jp-Notebook .jp-CodeCell');
  return {
    page,
    output: async (index) => cells.nth(index).locator('.jp-Cell-outputArea'),
    errors: () => errors(page),
  };
}

async function showFresh(path: string, name: string, start: (page: Page) => Promise<void>): Promise<Shown> {
  const page = await open(path, writeGallery(home, name));
  await start(page);
  await allDone(page, 240_000);
  await page.waitForTimeout(1000);
  return shownIn(page);
}

/** Saves with the keyboard and waits until the file holds what the last cell has put out. */
async function save(page: Page, file: string): Promise<void> {
  await page.locator('.jp-Notebook .jp-CodeCell .jp-InputPrompt').first().click();
  for (const deadline = Date.now() + 60_000; ; await sleep(2000)) {
    await page.keyboard.press('Control+s');
    const { cells } = JSON.parse(readFileSync(file, 'utf8')) as { cells: { outputs?: unknown[] }[] };
    await sleep(500);
    if (cells.at(-1)?.outputs?.length) return;
    if (Date.now() > deadline) throw new Error(`${file} was not saved`);
  }
}

let lab: Page;
describeGallery({
  name: 'JupyterLab',
  show: async () => {
    const shown = await showFresh('lab/tree', 'gallery.ipynb', runFromMenu);
    lab = shown.page;
    return shown;
  },
});

// What was saved is shown again, in a page that is dark from its start.
describeGallery({
  name: 'JupyterLab dark',
  show: async () => {
    await save(lab, `${home.folder}/work/gallery.ipynb`);
    await lab.close();
    labSetting(home, '@jupyterlab/apputils-extension', 'themes', { theme: 'JupyterLab Dark' });
    const page = await open('lab/tree', 'gallery.ipynb');
    await page.locator('body[data-jp-theme-light="false"]').waitFor({ state: 'attached', timeout: 20_000 });
    await page.waitForTimeout(2000);
    return shownIn(page);
  },
});

describeGallery({
  name: 'Notebook 7',
  show: async () => {
    labSetting(home, '@jupyterlab/apputils-extension', 'themes', { theme: 'JupyterLab Light' });
    return await showFresh('notebooks', 'gallery7.ipynb', runFromToolbar);
  },
});
