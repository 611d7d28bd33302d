import { expect, test } from 'vitest';
import { openPage } from '../../../../../src/display/plotly/page/page.ts';
import { forRenderer } from '../../../../../src/display/plotly/page/svg.ts';
import { textWidth } from '../../../../../src/display/textWidth.ts';

const size = { width: 560, height: 400 };
const page = openPage('plotly-cartesian');
const draw = async (data: object[], layout: object = {}): Promise<string> =>
  forRenderer(await page.toImage({ data, layout }, { format: 'svg', ...size, imageDataOnly: true }));

test('references are written as the renderer reads them', () => {
  expect(forRenderer(`<g clip-path="url('#a')"/><g style="fill: url(&quot;#b&quot;)"/>`)).toBe(
    '<g clip-path="url(#a)"/><g style="fill: url(#b)"/>',
  );
});

test('long labels get the room that their text takes', async () => {
  const name = 'a series with a rather long name';
  const font = { family: 'DejaVu Sans', size: 12 };
  const svg = await draw(
    [
      { y: [1, 2], name },
      { y: [2, 1], name: 'b' },
    ],
    { font },
  );
  const background = /<g class="legend"[^>]*><rect class="bg"[^>]*width="([\d.]+)"/.exec(svg)?.[1];
  const width = textWidth(name, 12, { family: 'DejaVu Sans', weight: 'normal', style: 'normal' });
  expect(Number(background)).toBeGreaterThan(width + 30);
  expect(Number(background)).toBeLessThan(width + 80);
});

test.each(['bar', 'box', 'violin', 'histogram'])('%s is drawn', async (type) => {
  expect((await draw([{ type, y: [1, 2, 2, 3, 9], name: 'a' }])).match(/<path/g)?.length).toBeGreaterThan(2);
});

test('a heat map carries its cells as a picture, without blur', async () => {
  const svg = await draw([
    {
      type: 'heatmap',
      z: [
        [1, 2],
        [3, 4],
      ],
      zsmooth: false,
    },
  ]);
  expect(svg).toMatch(/<image image-rendering="optimizeSpeed"[^>]*href="data:image\/png;base64,/);
});
