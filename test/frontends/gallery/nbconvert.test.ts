import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBrowser } from '../helpers/browser.ts';
import { type JupyterHome, jupyterHome } from '../helpers/jupyter.ts';
import { run, tail } from '../helpers/process.ts';
import { SETUP_LIMIT, setUp } from '../helpers/tools.ts';
import { describeGallery, type Shown } from './describe.ts';
import { executeGallery } from './files.ts';
import type { FrontEndName } from './frontEnds.ts';

let home: JupyterHome;
let browser: Browser;
let notebook: string;
/** What shows widgets in a page. */
let scripts: { manager: string; require: string };

beforeAll(async () => {
  home = await jupyterHome({ browser: true });
  browser = await startBrowser(home.tools.chromium);
  notebook = (await executeGallery(home)).ipynb;
  scripts = JSON.parse(await setUp('htmlManager.mjs', [], 'ipywidgets for pages')) as typeof scripts;
}, SETUP_LIMIT);

afterAll(async () => {
  await browser?.close();
  home?.remove();
}, 60_000);

interface Look {
  name: FrontEndName;
  template: string;
  flags?: string[];
  /** The printed page of A4, which `--to webpdf` makes into a file. */
  print?: true;
}

const LAB = { cells: '.jp-CodeCell', output: '.jp-OutputArea' };
const CLASSIC = { cells: '.code_cell', output: '.output' };
const ERRORS = ['stderr', 'error'].map((kind) => `[data-mime-type="application/vnd.jupyter.${kind}"]`);

const LOOKS: readonly Look[] = [
  { name: 'nbconvert lab', template: 'lab' },
  { name: 'nbconvert lab dark', template: 'lab', flags: ['--theme', 'dark'] },
  { name: 'nbconvert classic', template: 'classic' },
  { name: 'nbconvert basic', template: 'basic' },
  { name: 'nbconvert sanitised', template: 'lab', flags: ['--HTMLExporter.sanitize_html=True'] },
  { name: 'nbconvert print', template: 'lab', print: true },
];

/** A4 at 96 pixels an inch, within the margins that Chromium prints with. */
const PRINTED = { width: 718, height: 1047 };

async function convert({ name, template, flags = [] }: Omit<Look, 'print'>): Promise<string> {
  const stem = name.replaceAll(' ', '-');
  const args = ['nbconvert', '--to', 'html', '--template', template, ...flags, '--output', stem];
  const options = { env: home.env, cwd: home.folder, limit: 120_000 };
  const folder = ['--output-dir', join(home.folder, 'pages')];
  const { code, stderr } = await run(join(home.bin, 'jupyter'), [...args, ...folder, notebook], options);
  if (code !== 0) throw new Error(`nbconvert ended with ${code}:\n${tail(stderr)}`);
  return join(home.folder, 'pages', `${stem}.html`);
}

async function show(look: Look): Promise<Shown> {
  const file = await convert(look);
  const page: Page = await browser.newPage({
    viewport: look.print ? PRINTED : { width: 1000, height: 1000 },
  });
  // In place of the network: the same files as npm has them. All else that pages ask for is not to be had.
  await page.route(/^https?:/, async (route) => {
    const file = route.request().url().split('/').at(-1) ?? '';
    if (/^embed-amd\.js/.test(file)) await route.fulfill({ path: scripts.manager });
    else if (/^require(\.min)?\.js/.test(file)) await route.fulfill({ path: scripts.require });
    else await route.abort();
  });
  if (look.print) await page.emulateMedia({ media: 'print' });
  await page.goto(`file://${file}`, { timeout: 60_000 });
  await page.waitForTimeout(2000);
  const { cells, output } = look.template === 'lab' ? LAB : CLASSIC;
  return {
    page,
    output: async (index) => page.locator(cells).nth(index).locator(output).first(),
    errors: () => page.locator([...ERRORS, '.output_stderr', '.output_error'].join(', ')).allTextContents(),
  };
}

for (const look of LOOKS) describeGallery({ name: look.name, show: () => show(look) });

it('prints to a PDF of some pages', { timeout: 120_000 }, async () => {
  const file = await convert({ name: 'nbconvert print', template: 'webpdf' });
  const page = await browser.newPage();
  await page.goto(`file://${file}`, { timeout: 60_000 });
  const pdf = (await page.pdf({ printBackground: true })).toString('latin1');
  await page.close();
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(1);
});
