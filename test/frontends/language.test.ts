import { basename } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './helpers/browser.ts';
import { type JupyterHome, jupyterHome } from './helpers/jupyter.ts';
import { type JupyterServer, startJupyter } from './helpers/jupyterServer.ts';
import { allDone, opened, runFromMenu } from './helpers/notebookPage.ts';
import { screenshot } from './helpers/screenshots.ts';
import { SETUP_LIMIT } from './helpers/tools.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;
let page: Page;
const LIMIT = { timeout: 15_000 };

beforeAll(async () => {
  home = await jupyterHome({ browser: true });
  server = await startJupyter(home);
  browser = await startBrowser(home.tools.chromium);
  const file = basename(home.copy('test/frontends/fixtures/language.ipynb'));
  page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  await page.goto(`${server.url}/lab/tree/${file}?reset&token=${server.token}`, { timeout: 60_000 });
  await server.kernelReady(file);
  await opened(page);
  await runFromMenu(page);
  await allDone(page, 60_000);
}, SETUP_LIMIT);

afterAll(async () => {
  await page?.close();
  await server?.endSessions();
  await browser?.close();
  await server?.stop();
  home?.remove();
}, 60_000);

const cell = (index: number): Locator => page.locator('.jp-Notebook .jp-CodeCell').nth(index);
const output = (index: number): Locator => cell(index).locator('.jp-OutputArea');

/** Writes into the last cell, which is empty before. */
async function write(text: string): Promise<void> {
  const editor = page.locator('.jp-Notebook .jp-CodeCell .cm-content').last();
  await editor.click(LIMIT);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type(text);
}

describe('in JupyterLab', () => {
  it('shows a type error as a quiet warning below its cell, which ran', LIMIT, async () => {
    const warning = output(1);
    await warning.getByText("Type 'string' is not assignable to type 'number'.").waitFor(LIMIT);
    expect(await warning.innerText()).toContain("'z' does not exist in type 'Point'");
    expect(await warning.locator('.jp-RenderedHTMLCommon').count()).toBe(1);
    await screenshot(page, 'language-warning');
  });

  it('shows what magics show', LIMIT, async () => {
    expect(await output(2).innerText()).toMatch(/distance\s+\(a: Point, b: Point\) => number/);
    expect((await output(3).innerText()).trim()).toBe('from the shell');
    expect(await output(4).locator('b').innerText()).toBe('bold');
  });

  it('completes with types on Tab', LIMIT, async () => {
    await write('origin.');
    await page.keyboard.press('Tab');
    const completer = page.locator('.jp-Completer');
    await completer.waitFor(LIMIT);
    expect(await completer.locator('.jp-Completer-match').allTextContents()).toEqual(['x', 'y']);
    expect(await completer.locator('.jp-Completer-typeExtended').first().innerText()).toBe('property');
    await screenshot(page, 'language-completion');
    await page.keyboard.press('Escape');
  });

  it('shows documentation on Shift-Tab', LIMIT, async () => {
    await write('distance(');
    await page.keyboard.press('Shift+Tab');
    const tooltip = page.locator('.jp-Tooltip');
    await tooltip.waitFor(LIMIT);
    expect(await tooltip.innerText()).toContain('function distance(a: Point, b: Point): number');
    expect(await tooltip.innerText()).toContain('The distance between two points.');
    await screenshot(page, 'language-documentation');
  });
});
