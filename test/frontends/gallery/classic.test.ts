import { basename } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { JupyterHome } from '../helpers/jupyter.ts';
import type { JupyterServer } from '../helpers/jupyterServer.ts';
import { startedJupyter } from '../helpers/started.ts';
import { describeGallery } from './describe.ts';
import { writeGallery } from './files.ts';

let home: JupyterHome;
let server: JupyterServer;
let browser: Browser;

startedJupyter(
  (started) => {
    ({ home, server, browser } = started);
  },
  { classic: true },
);

/** In the page: whether the kernel has told it what it is. */
const KERNEL_ANSWERED = 'Boolean(window.Jupyter?.notebook?.kernel?.info_reply?.protocol_version)';

/** Waits, four minutes at most, until every cell has its number. */
async function allDone(page: Page): Promise<void> {
  const prompts = page.locator('.code_cell .input_prompt');
  const deadline = Date.now() + 240_000;
  for (;;) {
    const texts = (await prompts.allTextContents()).map((text) => text.replace(/\s/g, ''));
    if (texts.length > 0 && texts.every((text) => /^In\[\d+\]:$/.test(text))) return;
    if (Date.now() > deadline) throw new Error(`cells still run after 240 s: ${texts.join(' ')}`);
    await page.waitForTimeout(250);
  }
}

describeGallery({
  name: 'Notebook 6',
  show: async () => {
    const file = basename(writeGallery(home));
    const page = await browser.newPage({ viewport: { width: 1000, height: 1400 } });
    await page.goto(`${server.url}/notebooks/${file}?token=${server.token}`, { timeout: 60_000 });
    // Its server may miss the kernel's first status, and then says "starting" until there is another: the page knows.
    await page.waitForFunction(KERNEL_ANSWERED, undefined, { timeout: 60_000 });
    await page.locator('.kernel_idle_icon').waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Cell', exact: true }).click();
    await page.locator('#run_all_cells a').click();
    await allDone(page);
    await page.waitForTimeout(1000);
    const cells = page.locator('.code_cell');
    return {
      page,
      output: async (index) => cells.nth(index).locator('.output_wrapper > .output').first(),
      errors: () => page.locator('.output_error, .output_stderr').allTextContents(),
    };
  },
});
