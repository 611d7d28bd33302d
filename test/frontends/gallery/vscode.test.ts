import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startBrowser } from '../helpers/browser.ts';
import { type CodeServer, openNotebook, outputFrame, startCodeServer } from '../helpers/codeServer.ts';
import { type JupyterHome, jupyterHome } from '../helpers/jupyter.ts';
import { SETUP_LIMIT } from '../helpers/tools.ts';
import { CASES } from './cases.ts';
import { describeGallery } from './describe.ts';
import { executeGallery } from './files.ts';

let home: JupyterHome;
let server: CodeServer;
let browser: Browser;
let file: string;

beforeAll(async () => {
  home = await jupyterHome({ browser: true });
  server = await startCodeServer(home);
  browser = await startBrowser(home.tools.chromium);
  file = (await executeGallery(home)).ipynb;
}, SETUP_LIMIT);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  home?.remove();
}, 60_000);

/** The outputs' elements stand in the page in no order: which is the nth from the top? */
async function places(frame: Frame): Promise<number[]> {
  const tops = await frame
    .locator('.cell_container')
    .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().top));
  return tops
    .map((top, at) => ({ top, at }))
    .sort((a, b) => a.top - b.top)
    .map(({ at }) => at);
}

describeGallery({
  name: 'VS Code',
  show: async () => {
    // High enough for all cells: VS Code draws only the outputs in its window.
    const page = await browser.newPage({ viewport: { width: 1200, height: 700 * (CASES.length + 1) } });
    await openNotebook(page, server, home, file);
    const frame = await outputFrame(page, CASES.length);
    await page.waitForTimeout(3000);
    const order = await places(frame);
    return {
      page,
      output: async (index) =>
        frame
          .locator('.cell_container')
          .nth(order[index] ?? -1)
          // A library that a chart brings along stands before it, unseen.
          .locator('.output_container')
          .last(),
      errors: () => frame.locator('.output-stderr, .error').allTextContents(),
    };
  },
});
