import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { display, displaySymbol, vegaLite } from '../../src/display/index.ts';
import { prepareLibrary } from '../../src/display/offline/libraries.ts';
import { loaderHtml } from '../../src/display/offline/loader.ts';
import { OFFLINE, startBrowser } from './helpers/browser.ts';
import { difference } from './helpers/difference.ts';
import { decodePng } from './helpers/png.ts';
import { frontEndTools, SETUP_LIMIT } from './helpers/tools.ts';
import { vegaSpecs } from './helpers/vegaSpecs.ts';

/** The picture and the page of every chart, in the light and in the dark theme. */
interface Shown {
  readonly name: string;
  readonly html: string;
  readonly png: Buffer;
}

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const kept = process.env.DESCENT_SCREENSHOTS;
let browser: Browser;
let folder: string;
let page: Page;
let shown: Shown[];

async function show(name: string, spec: object): Promise<Shown> {
  const bundle = (await vegaLite(spec, { html: true })[displaySymbol]()) as Record<string, string>;
  return { name, html: bundle['text/html'] ?? '', png: Buffer.from(bundle['image/png'] ?? '', 'base64') };
}

/** A page with the fonts of the pictures, which a reader's machine has or not. */
function pageOf(charts: readonly Shown[]): string {
  const face = (file: string, weight: string): string =>
    `@font-face { font-family: 'DejaVu Sans'; font-weight: ${weight}; src: url('${pathToFileURL(join(fonts, file)).href}'); }`;
  const style = `${face('DejaVuSans.ttf', 'normal')} ${face('DejaVuSans-Bold.ttf', 'bold')}`;
  const body = charts.map(({ html }) => `<div class="chart">${html}</div>`).join('\n');
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><style>${style}</style></head><body>${body}</body></html>`;
}

beforeAll(async () => {
  const { chromium } = await frontEndTools({ browser: true });
  folder = mkdtempSync(join(tmpdir(), 'descent-vega-'));
  shown = await Promise.all(Object.entries(vegaSpecs).map(([name, spec]) => show(name, spec)));
  display.theme({ preset: 'dark' });
  shown.push(await show('dark', vegaSpecs.lines ?? {}));
  display.theme({});
  await prepareLibrary('vega');
  writeFileSync(join(folder, 'page.html'), pageOf(shown));
  browser = await startBrowser(chromium, OFFLINE);
  page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1400, height: 900 } });
  await page.goto(pathToFileURL(join(folder, 'page.html')).href);
  await page.evaluate(async () => {
    await Promise.all(['12px', 'bold 14px'].map((size) => document.fonts.load(`${size} "DejaVu Sans"`)));
  });
  // Fonts first: Vega measures its texts once.
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), loaderHtml('vega'));
}, SETUP_LIMIT);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each([...Object.keys(vegaSpecs), 'dark'])('%s: the picture is what the page draws', async (name) => {
  const index = shown.findIndex((one) => one.name === name);
  const host = page.locator('.chart').nth(index);
  await host.scrollIntoViewIfNeeded();
  const drawn = host.locator('.vega-embed svg, .vega-embed canvas').first();
  await drawn.waitFor({ timeout: 30_000 });
  expect(await host.locator('[data-descent-still]').count()).toBe(0);
  const live = await drawn.screenshot();
  const still = shown[index]?.png ?? Buffer.alloc(0);
  if (kept) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, `vega ${name} live.png`), live);
    writeFileSync(join(kept, `vega ${name} still.png`), still);
  }
  const [one, two] = [decodePng(live), decodePng(still)];
  // Two CSS pixels, at a scale of two.
  expect(Math.abs(one.width - two.width), `width ${one.width} and ${two.width}`).toBeLessThanOrEqual(4);
  expect(Math.abs(one.height - two.height), `height ${one.height} and ${two.height}`).toBeLessThanOrEqual(4);
  const found = difference(one, two);
  expect(found.mean, JSON.stringify(found)).toBeLessThan(1);
  expect(found.apart, JSON.stringify(found)).toBeLessThan(0.01);
});

it('the comparison tells one chart from another', () => {
  const of = (name: string): Buffer => shown.find((one) => one.name === name)?.png ?? Buffer.alloc(0);
  for (const other of ['logarithmic', 'layers', 'dark']) {
    expect(difference(decodePng(of('lines')), decodePng(of(other))).apart, other).toBeGreaterThan(0.01);
  }
});
