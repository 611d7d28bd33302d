import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startBrowser } from '../helpers/browser.ts';
import { type JupyterHome, jupyterHome } from '../helpers/jupyter.ts';
import { run, tail } from '../helpers/process.ts';
import { SETUP_LIMIT } from '../helpers/tools.ts';
import { CASES } from './cases.ts';
import { describeGallery } from './describe.ts';
import { executeGallery } from './files.ts';
import { outputPage, outputsOf } from './latex.ts';

let home: JupyterHome;
let browser: Browser;

beforeAll(async () => {
  home = await jupyterHome({ browser: true });
  browser = await startBrowser(home.tools.chromium);
}, SETUP_LIMIT);

afterAll(async () => {
  await browser?.close();
  home?.remove();
}, 60_000);

/** The folder of pandoc, which nbconvert turns Markdown into LaTeX with; a package of Python brings it. */
async function pandoc(): Promise<string> {
  const code = 'import pypandoc; print(pypandoc.get_pandoc_path())';
  const options = { env: home.env, cwd: home.folder, limit: 60_000 };
  return dirname((await run(home.tools.python, ['-c', code], options)).stdout.trim());
}

async function convert(): Promise<string> {
  const { ipynb } = await executeGallery(home);
  const env = { ...home.env, PATH: [await pandoc(), home.env.PATH].join(delimiter) };
  const folder = join(home.folder, 'latex');
  const args = ['nbconvert', '--to', 'latex', '--output', 'gallery', '--output-dir', folder, ipynb];
  const { code, stderr } = await run(join(home.bin, 'jupyter'), args, {
    env,
    cwd: home.folder,
    limit: 120_000,
  });
  if (code !== 0) throw new Error(`nbconvert ended with ${code}:\n${tail(stderr)}`);
  return folder;
}

const STYLE = 'body { width: 620px; background: #fff } img { max-width: 558px } pre { font: 11px monospace }';

// The document's own pictures and text, without a TeX, which would be ten times the size of all the rest.
describeGallery({
  name: 'nbconvert LaTeX',
  still: true,
  show: async () => {
    const folder = await convert();
    const outputs = outputsOf(readFileSync(join(folder, 'gallery.tex'), 'utf8'));
    if (outputs.length !== CASES.length)
      throw new Error(`${outputs.length} outputs of ${CASES.length} cells`);
    const cells = outputs.map((tex) => `<section>${outputPage(tex)}</section>`);
    const html = join(folder, 'page.html');
    writeFileSync(html, `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${cells.join('\n')}`);
    const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
    await page.goto(`file://${html}`);
    return {
      page,
      output: async (index) => page.locator('section').nth(index),
      errors: async () => outputs.filter((tex) => tex.includes('ansi-red')),
    };
  },
});
