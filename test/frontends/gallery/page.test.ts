import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startBrowser } from '../helpers/browser.ts';
import { type JupyterHome, jupyterHome } from '../helpers/jupyter.ts';
import { SETUP_LIMIT } from '../helpers/tools.ts';
import { describeGallery } from './describe.ts';
import { executeGallery } from './files.ts';

let home: JupyterHome;
let browser: Browser;
let file: string;

beforeAll(async () => {
  home = await jupyterHome({ browser: true });
  browser = await startBrowser(home.tools.chromium);
  file = (await executeGallery(home)).html;
}, SETUP_LIMIT);

afterAll(async () => {
  await browser?.close();
  home?.remove();
}, 60_000);

const LOOKS = [
  { name: 'descent page', width: 1000, colorScheme: 'light' },
  { name: 'descent page dark', width: 1000, colorScheme: 'dark' },
  { name: 'descent page on a phone', width: 390, colorScheme: 'light', narrow: true },
] as const;

for (const { width, colorScheme, ...look } of LOOKS) {
  describeGallery({
    ...look,
    show: async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(`file://${file}`, { timeout: 60_000 });
      const cells = page.locator('.cell.code');
      return {
        page,
        output: async (index) => cells.nth(index).locator('.outputs').first(),
        errors: () => page.locator('.output.stderr, .output.traceback').allTextContents(),
      };
    },
  });
}
