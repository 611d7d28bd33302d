import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ink, looksDrawn } from './helpers/ink.ts';
import { type JupyterHome, jupyterHome } from './helpers/jupyter.ts';
import { decodePng } from './helpers/png.ts';
import { run, tail } from './helpers/process.ts';
import { root, SETUP_LIMIT } from './helpers/tools.ts';

let home: JupyterHome;
beforeAll(async () => {
  home = await jupyterHome({ browser: false });
}, SETUP_LIMIT);
afterAll(() => home?.remove());

/** The page that nbconvert makes after it has executed the notebook with its own kernel. */
async function convert(notebook: string): Promise<string> {
  const path = home.copy(notebook);
  const args = ['nbconvert', '--execute', '--to', 'html', '--output', 'page', path];
  const options = { env: home.env, cwd: home.folder, limit: 270_000 };
  const { code, stderr } = await run(join(home.tools.bin, 'jupyter'), args, options);
  expect(code, tail(stderr)).toBe(0);
  const page = join(home.folder, 'work/page.html');
  expect(existsSync(page), tail(stderr)).toBe(true);
  return readFileSync(page, 'utf8');
}

function pictures(html: string): Buffer[] {
  const found = html.matchAll(/<img[^>]*src="data:image\/png;base64,([^"]+)"/g);
  return [...found].map(([, base64]) => Buffer.from(base64 ?? '', 'base64'));
}

it.each([
  ['test/frontends/fixtures/charts.ipynb', 1],
  ['notebooks/01-loss-functions.ipynb', 4],
  ['notebooks/02-gradient-descent.ipynb', 4],
  ['notebooks/03-adaptive-optimizers.ipynb', 4],
  ['notebooks/04-second-order.ipynb', 4],
  ['notebooks/05-schedules-and-clipping.ipynb', 4],
  ['notebooks/06-regularisation-and-normalisation.ipynb', 4],
])('executes %s and shows its charts', { timeout: 300_000 }, async (notebook, charts) => {
  expect(existsSync(join(root, notebook)), `${notebook} is missing`).toBe(true);
  const html = await convert(notebook);
  // The template marks errors with the type of stderr as well.
  expect(html).not.toContain('data-mime-type="application/vnd.jupyter.stderr"');
  const drawn = pictures(html).filter((bytes) => looksDrawn(ink(decodePng(bytes))));
  expect(drawn.length).toBeGreaterThanOrEqual(charts);
  expect(home.leftovers()).toEqual([]);
});
