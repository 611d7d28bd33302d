import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBrowser } from '../helpers/browser.ts';
import { frontEndTools, SETUP_LIMIT } from '../helpers/tools.ts';
import type { GalleryCase } from './case.ts';
import { inspect, inspectText } from './inspect.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser((await frontEndTools({ browser: true })).chromium);
  page = await browser.newPage({ viewport: { width: 600, height: 500 } });
}, SETUP_LIMIT);
afterAll(() => browser?.close());

const TITLE = 'Loss of three optimizers';
const chart: GalleryCase = {
  name: 'x',
  source: '',
  title: TITLE,
  text: TITLE,
  kind: 'chart',
  coloured: true,
};
const words: GalleryCase = { ...chart, kind: 'text', coloured: false };

interface Drawing {
  title?: string;
  /** CSS for its marks. */
  marks?: string;
  /** Where the axis labels begin. */
  left?: number;
}

/** Draws a chart into a canvas, so that its title is pixels. */
function drawing({ title = TITLE, marks = '#0072b2', left = 10 }: Drawing = {}): string {
  return `<canvas id="c" width="400" height="240"></canvas><script>{
    const g = document.getElementById('c').getContext('2d');
    g.fillStyle = 'white'; g.fillRect(0, 0, 400, 240);
    g.fillStyle = 'black'; g.font = 'bold 14px "DejaVu Sans", sans-serif'; g.fillText(${JSON.stringify(title)}, 40, 24);
    g.font = '11px "DejaVu Sans", sans-serif';
    for (let i = 0; i < 5; i++) { g.fillText((i / 10).toFixed(1), ${left}, 60 + 35 * i); g.fillText(String(i * 10), 60 + 70 * i, 230); }
    g.lineWidth = 3; g.strokeStyle = ${JSON.stringify(marks)};
    g.beginPath(); for (let x = 0; x < 300; x++) g.lineTo(50 + x, 210 - 160 * Math.exp(-x / 80)); g.stroke();
  }</script>`;
}

async function problems(html: string, wanted = chart, narrow = false): Promise<string[]> {
  await page.setContent(`<!doctype html><body style="margin:0"><div id="output">${html}</div>`);
  const output = page.locator('#output');
  return (await inspect({ page, output, narrow }, wanted)).problems;
}

it('finds nothing wrong with a whole chart, be its title drawn or text', async () => {
  expect(await problems(drawing())).toEqual([]);
  expect(await problems(`<b>${TITLE}</b><br>${drawing({ title: 'x' })}`)).toEqual([]);
});

it('tells what is blank', async () => {
  expect(await problems('<div style="height:200px"></div>')).toContain('it is blank');
  expect(await problems('<canvas width="400" height="200"></canvas>')).toContain('it is blank');
  expect(await problems(`<p>${TITLE}</p>`)).toContain('no picture of it is drawn');
});

it('tells what has no colour', async () => {
  expect(await problems(drawing({ marks: '#444' }))).toContain('it has no colour');
});

it.each(['', 'Accuracy of two networks', 'Loss', 'Loss of three'])(
  'misses the title where %j is drawn',
  async (title) => {
    const found = await problems(drawing({ title }));
    expect(found).toEqual([expect.stringMatching(/^"Loss of three optimizers" is not to be read/)]);
  },
);

it('tells a chart whose labels are cut off', async () => {
  expect(await problems(drawing({ left: -4 }))).toEqual(['picture 1 is cut off at its left']);
});

it('tells a chart that is cut off by what is around it, or is wider than the window', async () => {
  const hidden = await problems(`<div style="width:300px;overflow:hidden">${drawing()}</div>`);
  expect(hidden.join()).toMatch(/picture 1 is cut off by div\.: 0 to 400 in 0 to 300/);
  const wide = await problems(`<div style="margin-left:300px">${drawing()}</div>`);
  expect(wide.join()).toMatch(/it is 100 px wider than its window/);
});

it('lets a chart scroll in a narrow page only', async () => {
  const scroller = `<div style="width:380px;overflow-x:auto">${drawing()}</div>`;
  expect((await problems(scroller)).join()).toMatch(/cut off by div/);
  expect(await problems(scroller, chart, true)).toEqual([]);
});

it('reads text, also in shadow trees, and not in scripts or what is hidden', async () => {
  expect(await problems(`<p>${TITLE}</p>`, words)).toEqual([]);
  const shadow = `<p id="s">some</p><script>document.getElementById('s').attachShadow({mode:'open'}).innerHTML = '<b>${TITLE}</b>'</script>`;
  expect(await problems(shadow, words)).toEqual([]);
  for (const hidden of [`<script>'${TITLE}'</script>`, `<p style="display:none">${TITLE}</p>`]) {
    expect((await problems(`<p>something else</p>${hidden}`, words)).join()).toMatch(/is not to be read/);
  }
});

it('asks text alone for its words', async () => {
  await page.setContent('<pre id="output">some other text</pre>');
  const output = page.locator('#output');
  expect((await inspectText(output, chart)).problems.join()).toMatch(
    /is not to be read; it says "some other text"/,
  );
  await page.setContent(`<pre id="output">[chart: ${TITLE}]</pre>`);
  expect((await inspectText(output, chart)).problems).toEqual([]);
});
