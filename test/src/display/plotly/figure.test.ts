import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { display, plotly } from '../../../../src/display/index.ts';
import { prepareLibrary } from '../../../../src/display/offline/libraries.ts';
import { withTitles } from '../../../../src/display/plotly/titles.ts';
import { forgetSeries } from '../../../../src/display/seriesColours.ts';
import { draftSymbol } from '../../../../src/display/types.ts';

type Parts = Record<string, Record<string, unknown>>;

afterEach(() => {
  display.theme({});
  forgetSeries();
});

test('a figure is given whole, in parts, as one trace, or by what has toJSON()', () => {
  const data = [{ type: 'bar', x: ['a'], y: [1] }];
  const layout = { title: 'Bars' };
  const own = { toJSON: () => ({ data, layout }) };
  const charts = [
    plotly(data, layout),
    plotly({ data, layout }),
    plotly(data[0] as object, layout),
    plotly(own),
  ];
  for (const chart of charts) {
    expect(chart.figure.data).toEqual(data);
    expect(chart.figure.layout.title).toEqual({ text: 'Bars' });
    expect(String(chart)).toBe('bar chart "Bars" (1 point)');
  }
  expect(String(plotly({ data: [], layout: {} }))).toBe('Plotly chart (no data)');
  expect(String(plotly({ x: [], y: [] }))).toBe('scatter chart (no data)');
});

test('the summary names axes, series and points, without the markup of titles', () => {
  const data = [
    { y: [1, 2], name: 'train' },
    { y: new Float32Array(3), name: 'test' },
  ];
  const layout = {
    title: '<b>Loss</b><br>of it',
    xaxis: { title: 'epoch' },
    yaxis: { title: { text: 'loss' } },
  };
  expect(String(plotly(data, layout))).toBe(
    'scatter chart "Loss of it" (x: epoch, y: loss; train, test; 5 points)',
  );
  expect(
    String(
      plotly({
        type: 'heatmap',
        z: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      }),
    ),
  ).toBe('heatmap chart (6 points)');
});

test('what has no points, but data of another kind, is not said to be empty', () => {
  expect(String(plotly([{ type: 'indicator', value: 5 }]))).toBe('indicator chart');
  const link = { source: [0], target: [1], value: [3] };
  expect(String(plotly([{ type: 'sankey', link }], { title: 'Flow' }))).toBe('sankey chart "Flow"');
});

test('rows of a grid may be typed arrays, and a tensor of two dimensions', () => {
  const rows = [new Float32Array([0.1, 2]), new Float64Array([3, Number.NaN])];
  const tensor = { shape: [2, 2], dataSync: () => new Float32Array([1, 2, 3, 4]) };
  const chart = plotly([
    { type: 'heatmap', z: rows },
    { type: 'heatmap', z: tensor },
  ]);
  expect(chart.figure.data.map(({ z }) => z)).toEqual([
    [
      [0.1, 2],
      [3, null],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(String(chart)).toBe('heatmap chart (8 points)');
});

test('a grid of a million cells in typed rows is averaged', () => {
  const z = Array.from({ length: 1000 }, () => new Float32Array(1000).fill(2));
  const [grid] = plotly([{ type: 'heatmap', z }]).figure.data as [{ z: number[][] }];
  expect(grid.z).toHaveLength(500);
  expect(grid.z[499]).toEqual(new Array(500).fill(2));
});

test('within others, and printed, a chart is a line of words', () => {
  const chart = plotly([{ y: [1, 2] }], { title: 'T' });
  expect(inspect({ charts: [chart] })).toBe('{ charts: [ scatter chart "T" (2 points) ] }');
});

test('what Plotly would leave out without a word is refused', () => {
  expect(() => plotly([{ x: 'abc', y: [5] }])).toThrow(
    "plotly: data[0].x is 'abc'; allowed is a list of values",
  );
  expect(() => plotly([{ type: 'pie', values: 5 }])).toThrow('plotly: data[0].values is 5');
  const tensor = { shape: [2], dataSync: () => [1, 2], data: () => Promise.resolve([1, 2]) };
  expect(() => plotly(tensor)).toThrow(/^plotly: the data is \{ shape.*; allowed are traces/);
});

test('what is no figure is refused', () => {
  expect(() => plotly(undefined as unknown as object)).toThrow(
    /^plotly: the data is undefined; allowed are traces/,
  );
  expect(() => plotly([1])).toThrow('plotly: data[0] is 1;');
  expect(() => plotly([], {}, {}, { decimated: false } as object)).toThrow("did you mean 'decimate'?");
  expect(() => plotly({ a: 1 })).toThrow('plotly: the data is { a: 1 };');
  expect(() => plotly([], 'dark' as unknown as object)).toThrow(
    "plotly: the layout is 'dark'; allowed is an object",
  );
  expect(() => plotly([{ type: 'scater' }])).toThrow(
    "plotly: data[0].type is 'scater'; did you mean 'scatter'?",
  );
  expect(() => plotly([{ type: 'line' }])).toThrow("lines are { type: 'scatter', mode: 'lines' }");
  expect(() => plotly([{ type: 'scattermapbox' }])).toThrow("did you mean 'scattermap'?");
  expect(() => plotly([{ type: 'nothing alike' }])).toThrow('allowed are scatter, bar, pie, box');
  expect(() => plotly([{ x: [1, 2, 3], y: [1, 2] }])).toThrow(
    'plotly: the lists of data[0] differ in length: x has 3, y has 2; allowed are equal lengths',
  );
  expect(() => plotly([{ type: 'pie', labels: ['a'], values: [1, 2] }])).toThrow(RangeError);
  // Categories of two levels are lists of lists.
  expect(() =>
    plotly([
      {
        type: 'bar',
        x: [
          ['a', 'a', 'b'],
          ['1', '2', '1'],
        ],
        y: [1, 2, 3],
      },
    ]),
  ).not.toThrow();
});

test('titles are objects wherever they stand, and old members go into them', () => {
  expect(
    withTitles({
      title: 'Loss',
      titlefont: { size: 20 },
      xaxis: { title: 'epoch', titlefont: { color: 'red' } },
      coloraxis: { colorbar: { title: 'weight', titleside: 'right' } },
      legend: { title: { text: 'which' } },
      meta: { title: 'mine' },
      annotations: [{ text: 'a' }],
    }),
  ).toEqual({
    title: { text: 'Loss', font: { size: 20 } },
    xaxis: { title: { text: 'epoch', font: { color: 'red' } } },
    coloraxis: { colorbar: { title: { text: 'weight', side: 'right' } } },
    legend: { title: { text: 'which' } },
    meta: { title: 'mine' },
    annotations: [{ text: 'a' }],
  });
  const chart = plotly({
    y: [1],
    marker: { color: [1], colorbar: { title: 'w' } },
    customdata: [{ title: 'x' }],
  });
  const [trace] = chart.figure.data as Parts[];
  expect(trace?.marker?.colorbar).toEqual({ title: { text: 'w' } });
  expect(trace?.customdata).toEqual([{ title: 'x' }]);
});

const colours = (chart: ReturnType<typeof plotly>): unknown =>
  ((chart.figure.layout.template as Parts).layout as Record<string, unknown>).colorway;

test('a series has one colour in all charts, and a slice of a pie as well', () => {
  const first = colours(
    plotly([
      { y: [1], name: 'train' },
      { y: [1], name: 'test' },
    ]),
  ) as string[];
  expect(colours(plotly([{ y: [1], name: 'test' }, { y: [1] }, { y: [1], name: 'train' }]))).toMatchObject({
    0: first[1],
    2: first[0],
  });
  const pie = plotly({ type: 'pie', labels: ['test', 'train'], values: [1, 2] }).figure.data[0] as Parts;
  expect(pie.marker?.colors).toEqual([first[1], first[0]]);
  const own = plotly({ type: 'pie', labels: ['test'], values: [1], marker: { colors: ['red'] } });
  expect((own.figure.data[0] as Parts).marker?.colors).toEqual(['red']);
});

test('the theme is the template, which a template of the figure replaces', () => {
  display.theme({ background: '#202020' });
  const template = plotly({ y: [1] }).figure.layout.template as Parts;
  expect(template.layout?.paper_bgcolor).toBe('#202020');
  expect(template.layout).not.toHaveProperty('width');
  const own = { layout: { paper_bgcolor: 'pink' } };
  expect(plotly({ y: [1] }, { template: own }).figure.layout.template).toEqual(own);
});

test('a figure in space is a cube, all of whose labels are seen', () => {
  const { template } = plotly([{ type: 'surface', z: [[1, 9]] }]).figure.layout as Parts;
  expect(template?.layout).toMatchObject({ scene: { aspectmode: 'cube' } });
});

test('nothing is offered that leaves this machine', () => {
  expect(plotly({ y: [1] }).figure.config).toMatchObject({
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: '',
  });
  expect(plotly({ y: [1] }, {}, { displaylogo: true }).figure.config).toMatchObject({ displaylogo: true });
});

test('while a value changes quickly it is shown without a picture, once its library is there', async () => {
  const chart = plotly({ y: [1, 2] });
  expect(chart[draftSymbol]?.()).toBeUndefined();
  await prepareLibrary('plotly-basic');
  const draft = chart[draftSymbol]?.();
  expect(Object.keys(draft ?? {})).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
  expect(draft?.['text/html']).not.toContain('<img');
});
