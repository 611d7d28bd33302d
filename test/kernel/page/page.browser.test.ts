import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNotebook } from '../../../kernel/notebook/notebook.ts';
import { renderPage } from '../../../kernel/page/render.ts';
import { startBrowser } from '../../frontends/helpers/browser.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const baseDir = new URL('fixtures', import.meta.url).pathname;

let browser: Browser;
let folder: string;
let address: string;
/** Complaints of the pages opened so far: console messages, exceptions, requests. */
const complaints: string[] = [];

describe('the page in a browser', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    const file = join(folder, 'everything.html');
    const neighbour = { href: 'other.html', title: 'A neighbour with a long title that must not push' };
    const notebook = await readNotebook(`${baseDir}/everything.ipynb`);
    await writeFile(file, renderPage(notebook, { baseDir, previous: neighbour, next: neighbour }));
    address = pathToFileURL(file).href;
    browser = await startBrowser(executablePath);
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  async function withPage<T>(options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:'))
        complaints.push(`request: ${request.url()}`);
    });
    try {
      await page.goto(address);
      return await use(page);
    } finally {
      await context.close();
    }
  }

  it.each([
    [360, 740],
    [768, 1024],
    [1400, 900],
  ])('never scrolls sideways at %i × %i', async (width, height) => {
    const widths = await withPage({ viewport: { width, height } }, async (page) => {
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      return page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth]);
    });
    expect(widths).toEqual([width, width]);
    expect(complaints).toEqual([]);
  });

  it('has text of at least 16 pixels on a phone', async () => {
    const size = await withPage({ viewport: { width: 360, height: 740 } }, (page) =>
      page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('main p')!).fontSize)),
    );
    expect(size).toBeGreaterThanOrEqual(16);
  });

  it.each(['light', 'dark'] as const)('has legible text in the %s theme', async (colorScheme) => {
    const faint = await withPage({ colorScheme, viewport: { width: 1400, height: 900 } }, (page) =>
      page.evaluate(faintTexts),
    );
    expect(faint).toEqual([]);
  });

  it('switches theme and remembers it', async () => {
    const grounds = await withPage({ colorScheme: 'light' }, async (page) => {
      const ground = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const before = await ground();
      await page.getByRole('button', { name: 'Switch between light and dark' }).click();
      const after = await ground();
      await page.reload();
      return [before, after, await ground()];
    });
    expect(grounds[0]).toBe('rgb(255, 255, 255)');
    expect(grounds[1]).not.toBe(grounds[0]);
    expect(grounds[2]).toBe(grounds[1]);
  });

  it('has every font that its formulas use', async () => {
    const missing = await withPage({}, async (page) => {
      await page.evaluate(() => document.fonts.ready);
      return page.evaluate(() => {
        const wanted = new Set<string>();
        for (const element of document.querySelectorAll('.katex-html *')) {
          if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== ''))
            continue;
          const style = getComputedStyle(element);
          wanted.add(`${style.fontStyle} ${style.fontWeight} 16px ${style.fontFamily.split(',')[0]}`);
        }
        const families = [...document.fonts].map(
          (face) => `${face.style} ${face.weight === 'bold' ? 700 : 400} 16px ${face.family}`,
        );
        return [...wanted].filter((font) => /KaTeX/.test(font) && !families.includes(font));
      });
    });
    expect(missing).toEqual([]);
  });

  it('shows every picture and describes it', async () => {
    const pictures = await withPage({}, (page) =>
      page.evaluate(() =>
        [...document.images].map((image) => [image.naturalWidth > 0, image.alt.trim() !== '']),
      ),
    );
    expect(pictures.length).toBeGreaterThan(3);
    expect(pictures.every(([loaded, described]) => loaded && described)).toBe(true);
  });

  it('lets the keyboard reach what scrolls, and has landmarks', async () => {
    const found = await withPage({ viewport: { width: 360, height: 740 } }, (page) =>
      page.evaluate(() => ({
        unreachable: [...document.querySelectorAll<HTMLElement>('main *')].filter((box) => {
          const scrolls =
            box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX);
          return scrolls && box.clientWidth > 0 && box.tabIndex < 0;
        }).length,
        landmarks: ['main', 'header', 'nav', '.skip'].filter((name) => document.querySelector(name) === null),
        scripted: document.body.dataset.scripted,
      })),
    );
    expect(found).toEqual({ unreachable: 0, landmarks: [], scripted: 'yes' });
  });

  it('prints without cutting anything off', async () => {
    const cut = await withPage({ viewport: { width: 700, height: 1000 } }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      return page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('main pre, main .tall')]
          .filter((box) => box.clientWidth > 0 && getComputedStyle(box).overflow !== 'visible')
          .map((box) => box.className),
      );
    });
    expect(cut).toEqual([]);
  });

  it('neither complained nor asked for anything', () => {
    expect(complaints).toEqual([]);
  });
});

/** Runs in the page: the texts whose contrast with the ground behind them is below 4.5. */
function faintTexts(): string[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const parse = (colour: string): [number, number, number, number] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r!, g!, b!, a! / 255];
  };
  const linear = (c: number): number =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]: number[]): number =>
    0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
  const groundOf = (element: Element | null): number[] => {
    for (let at = element; at !== null; at = at.parentElement) {
      const ground = parse(getComputedStyle(at).backgroundColor);
      if (ground[3] > 0.99) return ground;
    }
    return [255, 255, 255];
  };
  const faint: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent!.trim() !== '',
    );
    if (!own || element.closest('script, .katex-mathml, .anchor') !== null || element.offsetWidth === 0)
      continue;
    const a = luminance(parse(getComputedStyle(element).color));
    const b = luminance(groundOf(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5)
      faint.push(`${element.className}: ${element.textContent!.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return faint;
}
