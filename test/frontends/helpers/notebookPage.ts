import type { Locator, Page } from 'playwright-core';
import { type Ink, ink } from './ink.ts';
import { decodePng } from './png.ts';

/** Lab keeps several documents in one page; the tests open one. */
const NOTEBOOK = '.jp-Notebook';
const CELLS = `${NOTEBOOK} .jp-CodeCell`;
const CHARTS = ['canvas', 'svg', 'img'].map((tag) => `${NOTEBOOK} .jp-OutputArea-output ${tag}`).join(', ');

/** Waits until the notebook is on the page and shows its kernel as idle. */
export async function opened(page: Page): Promise<void> {
  await page.locator(CELLS).first().waitFor({ timeout: 60_000 });
  await page
    .locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    .first()
    .waitFor({ timeout: 60_000 });
}

/** Runs the notebook with the menu's "Run All Cells". */
export async function runFromMenu(page: Page): Promise<void> {
  await page.locator('.lm-MenuBar-itemLabel', { hasText: /^Run$/ }).click();
  await page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click();
}

/** Runs the notebook with the toolbar's ▸▸, which restarts the kernel after a question. */
export async function runFromToolbar(page: Page): Promise<void> {
  await page.locator('[data-command="notebook:restart-run-all"]:visible').first().click();
  await page.locator('.jp-Dialog .jp-mod-accept').click({ timeout: 10_000 });
}

/** The prompts of all code cells that are not empty, such as `[3]:`. */
async function prompts(page: Page): Promise<string[]> {
  return await page
    .locator(CELLS)
    .evaluateAll((cells) =>
      cells
        .filter((cell) => (cell.querySelector('.cm-content')?.textContent ?? '').trim() !== '')
        .map((cell) => cell.querySelector('.jp-InputPrompt')?.textContent?.trim() ?? ''),
    );
}

/** Waits until every code cell carries an execution count, or one has failed; throws after `limit` ms. */
export async function allDone(page: Page, limit: number): Promise<void> {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await prompts(page);
    if (found.length > 0 && found.every((prompt) => /^\[\d+\]:$/.test(prompt))) return;
    if (!found.includes('[*]:') && (await errors(page)).length > 0) return;
    if (Date.now() > deadline) throw new Error(`cells still run after ${limit / 1000} s: ${found.join(' ')}`);
    await page.waitForTimeout(250);
  }
}

/** The text of every error and stderr output. */
export async function errors(page: Page): Promise<string[]> {
  const selector = ['error', 'stderr'].map(
    (kind) => `${NOTEBOOK} [data-mime-type="application/vnd.jupyter.${kind}"]`,
  );
  return await page.locator(selector.join(', ')).allTextContents();
}

export interface Chart {
  tag: string;
  ink: Ink;
}

async function measure(element: Locator): Promise<Chart | undefined> {
  const box = await element.boundingBox();
  if (box === null || box.width < 120 || box.height < 80) return undefined;
  await element.scrollIntoViewIfNeeded({ timeout: 10_000 });
  const picture = await element.screenshot({ timeout: 20_000 });
  const tag = await element.evaluate((node) => node.tagName.toLowerCase());
  return { tag, ink: ink(decodePng(picture)) };
}

/** Every picture of chart size in the outputs, with what its pixels show. Icons are too small to count. */
export async function charts(page: Page): Promise<Chart[]> {
  const found: Chart[] = [];
  for (const element of await page.locator(CHARTS).all()) {
    if (!(await element.isVisible())) continue;
    const chart = await measure(element);
    if (chart !== undefined) found.push(chart);
  }
  return found;
}
