import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startBrowser } from '../helpers/browser.ts';
import { frontEndTools } from '../helpers/tools.ts';
import { CASES } from './cases.ts';
import { FRONT_ENDS, PICTURES } from './frontEnds.ts';

const STYLE = `
body { margin: 16px; font: 14px "DejaVu Sans", sans-serif; background: #d8d8d8; width: max-content }
.row { display: flex; gap: 10px; padding: 10px 0; width: max-content }
.alone .row { flex-wrap: wrap; width: 1640px }
h2 { width: 130px; margin: 0; font-size: 14px; overflow-wrap: anywhere } .alone h2 { width: 100% }
figure { margin: 0; width: 400px } figcaption { color: #333; padding-bottom: 4px }
img { max-width: 400px; max-height: 420px; display: block; box-shadow: 0 0 2px #0008 }
.none { color: #a00 }`;

function figure(frontEnd: string, name: string): string {
  const file = join(PICTURES, frontEnd, `${name}.png`);
  const picture = existsSync(file)
    ? `<img src="${pathToFileURL(file).href}">`
    : '<span class="none">no picture</span>';
  return `<figure><figcaption>${frontEnd}: ${name}</figcaption>${picture}</figure>`;
}

function sheetPage(frontEnds: readonly string[]): string {
  const rows = CASES.map(
    ({ name }) =>
      `<div class="row" id="${name}"><h2>${name}</h2>${frontEnds.map((one) => figure(one, name)).join('')}</div>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title><style>${STYLE}</style>${rows.join('\n')}`;
}

/** Whether a test has written a picture since then. */
function writtenSince(time: number): boolean {
  if (!existsSync(PICTURES)) return false;
  return readdirSync(PICTURES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.png') && file.includes('/'))
    .some((file) => statSync(join(PICTURES, file)).mtimeMs >= time);
}

/**
 * Makes the contact sheet of what the tests of the gallery have seen since `time`, if they ran: a page and a
 * picture with a row for each case and a column for each front-end, and a picture of each row by itself.
 */
export async function makeSheet(time: number): Promise<void> {
  if (!writtenSince(time)) return;
  for (const file of readdirSync(PICTURES)) if (file.endsWith('.png')) rmSync(join(PICTURES, file));
  const present = FRONT_ENDS.filter((name) => existsSync(join(PICTURES, name)));
  const html = join(PICTURES, 'sheet.html');
  writeFileSync(html, sheetPage(present));
  const { chromium } = await frontEndTools({ browser: true });
  const browser = await startBrowser(chromium);
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.goto(pathToFileURL(html).href, { timeout: 60_000 });
    await page.evaluate(() => document.body.classList.add('alone'));
    for (const { name } of CASES) {
      await page.locator(`#${name}`).screenshot({ path: join(PICTURES, `row-${name}.png`), timeout: 30_000 });
    }
    await page.evaluate(() => document.body.classList.remove('alone'));
    // Chromium draws no picture of more than 16,384 pixels; half the size is enough to find one's way.
    const { width, height } = await page.evaluate(() => ({
      width: document.body.scrollWidth + 32,
      height: document.body.scrollHeight + 32,
    }));
    const zoom = Math.min(1, 16_000 / Math.max(width, height));
    await page.evaluate((factor) => document.body.style.setProperty('zoom', String(factor)), zoom);
    await page.setViewportSize({ width: Math.ceil(width * zoom), height: Math.ceil(height * zoom) });
    await page.screenshot({ path: join(PICTURES, 'sheet.png'), timeout: 60_000 });
    console.log(`The front-ends' contact sheet is ${join(PICTURES, 'sheet.png')}`);
  } finally {
    await browser.close();
  }
}
