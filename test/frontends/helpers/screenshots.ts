import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

let folder: string | undefined;

/** `$DESCENT_SCREENSHOTS`, or a temporary folder that stays, so that the pictures can be looked at. */
function screenshotFolder(): string {
  const chosen = process.env.DESCENT_SCREENSHOTS;
  if (chosen !== undefined && chosen !== '') {
    mkdirSync(chosen, { recursive: true });
    return chosen;
  }
  folder ??= mkdtempSync(join(tmpdir(), 'descent-screenshots-'));
  return folder;
}

/** Saves what the page shows, in as high a window as the notebook is long, and returns the file's path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(screenshotFolder(), `${name}.png`);
  const size = page.viewportSize();
  const height = await page
    .locator('.jp-WindowedPanel-outer, .jp-Notebook')
    .evaluateAll((panels) => Math.max(0, ...panels.map((panel) => panel.scrollHeight)));
  if (size !== null)
    await page.setViewportSize({ width: size.width, height: Math.min(height + 250, 12_000) });
  await page.waitForTimeout(500);
  await page.screenshot({ path, timeout: 60_000 });
  if (size !== null) await page.setViewportSize(size);
  return path;
}
