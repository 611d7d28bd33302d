import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ink, looksDrawn } from './helpers/ink.ts';
import type { JupyterHome } from './helpers/jupyter.ts';
import type { JupyterServer } from './helpers/jupyterServer.ts';
import { allDone, charts, errors, opened, runFromMenu } from './helpers/notebookPage.ts';
import { decodePng } from './helpers/png.ts';
import { screenshot } from './helpers/screenshots.ts';
import { startedJupyter } from './helpers/started.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;

startedJupyter((started) => {
  ({ home, server, browser } = started);
});

/** Waits until the attribute has had so many values on the page, a minute at most. */
async function changes(page: Page, element: Locator, attribute: string, count: number): Promise<void> {
  const seen = new Set<string | null>();
  const deadline = Date.now() + 60_000;
  while (seen.size < count) {
    if (Date.now() > deadline) throw new Error(`${attribute} had the values ${[...seen].join(', ')}`);
    seen.add(await element.getAttribute(attribute));
    await page.waitForTimeout(50);
  }
}

/** Whether something is drawn there; each update puts another element in its place. */
async function isDrawn(page: Page, element: Locator): Promise<boolean> {
  const clip = await element.evaluate((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { x, y, width, height };
  });
  // It may have been replaced by the next one meanwhile.
  if (clip.width === 0) return false;
  return looksDrawn(ink(decodePng(await page.screenshot({ clip, timeout: 20_000 }))));
}

it('JupyterLab shows a bar and a chart while their loops never wait', { timeout: 300_000 }, async () => {
  const copy = home.copy('test/frontends/fixtures/live.ipynb');
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.goto(`${server.url}/lab/tree/${basename(copy)}?reset&token=${server.token}`, {
    timeout: 60_000,
  });
  await server.kernelReady(basename(copy));
  await opened(page);
  await runFromMenu(page);

  const bar = page.locator('.jp-OutputArea progress');
  await bar.waitFor({ timeout: 60_000 });
  await changes(page, bar, 'value', 3);
  writeFileSync(join(dirname(copy), 'bar-seen'), '');

  const picture = page.locator('.jp-OutputArea img[src^="data:image/svg+xml"]');
  await picture.waitFor({ timeout: 60_000 });
  await changes(page, picture, 'src', 4);
  await expect.poll(() => isDrawn(page, picture), { timeout: 20_000 }).toBe(true);
  await screenshot(page, 'live-running');
  writeFileSync(join(dirname(copy), 'chart-seen'), '');

  await allDone(page, 60_000);
  await page.locator('.jp-OutputArea canvas, .jp-OutputArea svg.marks').first().waitFor({ timeout: 60_000 });
  expect(await picture.count()).toBe(0);
  const [whole] = await charts(page);
  expect(whole && looksDrawn(whole.ink)).toBe(true);
  expect(await page.locator('.jp-OutputArea-output', { hasText: 'busy' }).innerText()).toContain('stopped');
  expect(await errors(page)).toEqual([]);
  await screenshot(page, 'live-done');
  await page.close();
});
