import { expect, test } from 'vitest';
import { displaySymbol, vegaLite } from '../../../../src/display/index.ts';

const data = { values: [{ epoch: 1, loss: 2 }] };
const x = { field: 'epoch', type: 'quantitative' };
const draw = (spec: object): unknown => vegaLite(spec)[displaySymbol]();

test.each([
  [
    'no mark',
    { data, encoding: { x } },
    /the spec has no mark, only data, encoding; allowed is one of mark, layer/,
  ],
  [
    'a wrong mark',
    { data, mark: 'lines', encoding: { x } },
    /the mark of the spec is 'lines'; did you mean 'line'\?/,
  ],
  ['an unknown mark', { data, mark: { type: 'cake' } }, /'cake'; allowed are arc, area, bar/],
  ['a mistyped property', { data, mark: 'line', encodng: { x } }, /has 'encodng', .*did you mean 'encoding'/],
  [
    'an unknown channel',
    { data, mark: 'line', encoding: { colour: x } },
    /encoding has 'colour'; did you mean 'color'/,
  ],
  [
    'a wrong type',
    { data, mark: 'line', encoding: { x: { ...x, type: 'quantitive' } } },
    /x\.type is 'quantitive'; did you mean/,
  ],
  [
    'a wrong aggregate',
    { data, mark: 'bar', encoding: { x: { ...x, aggregate: 'avg' } } },
    /x\.aggregate is 'avg'; allowed/,
  ],
  [
    'a wrong scale',
    { data, mark: 'bar', encoding: { x: { ...x, scale: { type: 'logg' } } } },
    /scale\.type is 'logg'.*'log'/,
  ],
  [
    'a field that is not there',
    { data, mark: 'line', encoding: { y: { field: 'los' } } },
    /encoding\.y\.field is 'los', which no row has; the fields are epoch, loss/,
  ],
  [
    'a field in a layer',
    { data, layer: [{ mark: 'line', encoding: { x: { field: 'z' } } }] },
    /layer\[0\]\.encoding\.x\.field is 'z'/,
  ],
  ['no data', { mark: 'line', encoding: { x } }, /encoding\.x\.field is 'epoch', but the spec has no data/],
  ['no views', { data, layer: [] }, /layer is \[\]; allowed is a list of views/],
  ['a broken view', { data, hconcat: [null] }, /hconcat is \[ null \]/],
  ['a Vega spec', { $schema: 'https://vega.github.io/schema/vega/v5.json', marks: [] }, /for Vega/],
  [
    'a broken expression',
    { data, mark: 'line', transform: [{ filter: 'datum.epoch >' }], encoding: { x } },
    /^vegaLite: /,
  ],
  [
    'an unknown signal',
    { data, mark: 'point', transform: [{ calculate: 'nothere + 1', as: 'z' }], encoding: { x } },
    /^vegaLite: .*nothere/,
  ],
  [
    'an unknown colour scheme',
    { data, mark: 'point', encoding: { color: { ...x, scale: { scheme: 'nope' } } } },
    /^vegaLite: .*nope/,
  ],
  [
    'text for an encoding',
    { data, mark: 'line', encoding: 'x' },
    /encoding is 'x'; allowed is an object of channels/,
  ],
  [
    'text for a channel',
    { data, mark: 'line', encoding: { x: 'epoch' } },
    /encoding\.x is 'epoch'; allowed is an object, as in { field: 'epoch', type: 'quantitative' }/,
  ],
  [
    'a colour for a channel',
    { data, layer: [{ mark: 'line', encoding: { x, color: 'red' } }] },
    /layer\[0\]\.encoding\.color is 'red'; .* or { value: 'red' }/,
  ],
  [
    'a line without encoding',
    { data, mark: 'line' },
    /encoding of the spec has no channels; a mark 'line' needs x or y/,
  ],
  ['a line nowhere', { data, mark: 'line', encoding: { color: x } }, /has color; a mark 'line' needs x or y/],
  [
    'a nested field that is not there',
    { data, mark: 'line', encoding: { x: { field: 'a.b' } } },
    /'a\.b', which no row has; the fields are epoch, loss/,
  ],
  [
    'a field with a dot in its name',
    { data: [{ 'a.b': 1 }], mark: 'point', encoding: { x: { field: 'a.b' } } },
    /'a\.b', which means b inside of a; the field of that name is written 'a\\\\\.b'$/,
  ],
  [
    'a mistyped scheme',
    { data, mark: 'point', encoding: { color: { ...x, scale: { scheme: 'virids' } } } },
    /encoding\.color\.scale\.scheme is 'virids'; did you mean 'viridis'\?/,
  ],
  [
    'a mistyped scheme of the config',
    { data, mark: 'point', encoding: { color: x }, config: { range: { ramp: { scheme: 'virids' } } } },
    /^vegaLite: config\.range.*: Unrecognized scheme name: virids/,
  ],
  [
    'a transform that is no list',
    { data, mark: 'line', transform: { filter: 'datum.epoch' }, encoding: { x } },
    /transform is { filter: 'datum\.epoch' }; allowed is a list/,
  ],
  [
    'a mistyped transform',
    { data, mark: 'line', transform: [{ filtr: 'datum.epoch' }], encoding: { x } },
    /transform\[0\] is .*; did you mean 'filter'\?/,
  ],
  [
    'a calculation without a name',
    { data, mark: 'line', transform: [{ calculate: 'datum.epoch' }], encoding: { x } },
    /transform\[0\]\.as is undefined; allowed is the name/,
  ],
  [
    'half an expression',
    { data, mark: 'line', transform: [{ calculate: 'datum.x +', as: 'z' }], encoding: { x } },
    /transform\[0\]\.calculate is 'datum\.x \+', which is no expression: Unexpected end of input/,
  ],
  [
    'half a condition',
    { data, mark: 'line', transform: [{ filter: { and: ['true', 'datum.x >'] } }], encoding: { x } },
    /transform\[0\]\.filter\.and\[1\] is 'datum\.x >'/,
  ],
  [
    'an unknown function',
    { data, mark: 'line', transform: [{ calculate: 'nope(1)', as: 'z' }], encoding: { x } },
    /^vegaLite: transform\[0\]\.calculate: Unrecognized function: nope/,
  ],
  [
    'a wrong number format',
    { data, mark: 'line', encoding: { x: { ...x, axis: { format: 'zzz' } } } },
    /^vegaLite: encoding\.x\.axis\.format: invalid format: zzz/,
  ],
  [
    'a mistake in one of two views',
    {
      data,
      hconcat: [
        { mark: 'point', encoding: { x } },
        { mark: 'point', encoding: { x: { ...x, axis: { format: 'zzz' } } } },
      ],
    },
    /^vegaLite: hconcat\[1\]\.encoding\.x\.axis\.format: /,
  ],
  [
    'params that are no list',
    { data, mark: 'line', params: { name: 'a' }, encoding: { x } },
    /params is { name: 'a' }/,
  ],
  [
    'text for a facet',
    { data, facet: 'x', spec: { mark: 'line', encoding: { x } } },
    /facet is 'x'; allowed is an object/,
  ],
  [
    'a negative width',
    { data, mark: 'line', encoding: { x }, width: -5 },
    /width of the spec is -5; allowed are pixels from 0 to 10000/,
  ],
  ['text for a width', { data, mark: 'line', encoding: { x }, width: '500' }, /width of the spec is '500'/],
  [
    'a wrong step',
    { data, hconcat: [{ mark: 'line', encoding: { x }, height: { step: 'a' } }] },
    /height of hconcat\[0\] is { step: 'a' }/,
  ],
  [
    'a chart with too many categories',
    {
      data: Array.from({ length: 5000 }, (_, i) => ({ i })),
      mark: 'tick',
      encoding: { y: { field: 'i', type: 'nominal' } },
    },
    /the chart is \d+ × \d{6} pixels; allowed are at most 100000 × 100000/,
  ],
  [
    'a mistyped member of a channel',
    { data, mark: 'line', encoding: { x: { feild: 'epoch', type: 'quantitative' } } },
    /encoding\.x has 'feild', which is unknown; did you mean 'field'\?/,
  ],
  [
    'a mistyped member of an axis',
    { data, layer: [{ mark: 'line', encoding: { x: { ...x, axis: { titel: 'a' } } } }] },
    /layer\[0\]\.encoding\.x\.axis has 'titel', which is unknown; did you mean 'title'\?/,
  ],
  [
    'a mistyped member of a mark',
    { data, mark: { type: 'line', colour: 'red' }, encoding: { x } },
    /mark has 'colour', which is unknown; did you mean 'color'\?/,
  ],
  [
    'a mistyped member of the config',
    { data, mark: 'line', encoding: { x }, config: { axis: { gird: true } } },
    /config\.axis has 'gird', which is unknown; did you mean 'grid'\?/,
  ],
  [
    'a word that is none of those allowed',
    { data, mark: 'bar', encoding: { x: { ...x, stack: 'zeroo' } } },
    /encoding\.x\.stack is 'zeroo'; did you mean 'zero'\?/,
  ],
  [
    'a word for a scale',
    { data, mark: 'bar', encoding: { x: { ...x, scale: 'log' } } },
    /encoding\.x\.scale is 'log'; allowed are an object, null$/,
  ],
  [
    'a wrong kind of line',
    { data, mark: { type: 'line', interpolate: 'smooth' }, encoding: { x } },
    /mark\.interpolate is 'smooth'; allowed are 'basis', .*'monotone'/,
  ],
  [
    'a colour that is none',
    { data, mark: { type: 'line', color: 'blu' }, encoding: { x } },
    /mark\.color is 'blu'; did you mean 'blue'\?/,
  ],
  [
    'a transform without its other half',
    { data, mark: 'line', transform: [{ lookup: 'epoch' }], encoding: { x } },
    /transform\[0\] is { lookup: 'epoch' }; it needs from/,
  ],
  [
    'a wrong operation',
    {
      data,
      mark: 'line',
      transform: [{ aggregate: [{ op: 'maen', field: 'loss', as: 'm' }], groupby: ['epoch'] }],
      encoding: { x },
    },
    /transform\[0\]\.aggregate\[0\]\.op is 'maen'; did you mean 'mean'\?/,
  ],
  [
    'a wrong selection',
    { data, mark: 'line', params: [{ name: 'brush', select: 'intervall' }], encoding: { x } },
    /params\[0\]\.select is 'intervall'; did you mean 'interval'\?/,
  ],
  [
    'a wrong predicate',
    { data, mark: 'line', transform: [{ filter: { fild: 'epoch', gt: 1 } }], encoding: { x } },
    /transform\[0\]\.filter has 'fild', which is unknown; did you mean 'field'\?/,
  ],
  [
    'a wrong resolution',
    { data, layer: [{ mark: 'line', encoding: { x } }], resolve: { scales: { y: 'independent' } } },
    /resolve has 'scales', which is unknown; did you mean 'scale'\?/,
  ],
])('%s is an error that names it', (_, spec, message) => {
  expect(() => draw(spec)).toThrow(message);
});

test('a circular spec and a function in it are refused', () => {
  const circular: Record<string, unknown> = { data, mark: 'line' };
  circular.self = circular;
  expect(() => vegaLite(circular)).toThrow(/self refers back to itself/);
  expect(() => vegaLite({ data, mark: () => 'line' })).toThrow(/mark is a function; a spec is plain data/);
  expect(() => vegaLite({ data: { values: { a: [1], b: [1, 2] } } })).toThrow(
    /differ in length: a has 1, b has 2/,
  );
  const throwing = {
    data: {
      values: [
        {
          get a(): never {
            throw new Error('no');
          },
        },
      ],
    },
    mark: 'bar',
  };
  expect(() => vegaLite(throwing)).toThrow(/data\.values\.0\.a cannot be read: no/);
});

test('fields that come from transforms, nested members and later rows are accepted', () => {
  draw({
    data,
    transform: [{ calculate: 'datum.loss * 2', as: 'twice' }],
    mark: 'point',
    encoding: { x: { field: 'twice', type: 'quantitative' } },
  });
  draw({
    data: { values: [{ a: { b: 1 } }] },
    mark: 'point',
    encoding: { x: { field: 'a.b', type: 'quantitative' } },
  });
  draw({
    data: { values: [{ a: 1 }, { b: 1 }] },
    mark: 'point',
    encoding: { x: { field: 'b', type: 'quantitative' } },
  });
  draw({
    data: { values: [1, 2, 3] },
    mark: 'point',
    encoding: { x: { field: 'data', type: 'quantitative' } },
  });
  draw({ datasets: { d: data.values }, data: { name: 'd' }, mark: 'point', encoding: { x } });
  draw({
    data: { sequence: { start: 0, stop: 5, as: 'u' } },
    mark: 'point',
    encoding: { x: { field: 'u', type: 'quantitative' } },
  });
});

test('what the schema of Vega-Lite does not know, but Vega-Lite does, is accepted', () => {
  draw({
    data,
    mark: { type: 'line', point: { something: 1 }, color: 'oklch(60% 0.1 200)' },
    title: 5,
    encoding: { x: { ...x, axis: null }, y: { field: 'loss', type: 'Q', aggregate: { argmax: 'epoch' } } },
    params: [{ name: 'tension', value: 0.5 }],
    config: { line: { tension: { expr: 'tension' } } },
    usermeta: { anything: ['goes'] },
  });
});

test('a huge chart is refused at once', () => {
  const start = performance.now();
  expect(() => draw({ data, mark: 'line', encoding: { x }, width: 1e6, height: 1e6 })).toThrow(
    /width of the spec is 1000000; allowed are pixels from 0 to 10000/,
  );
  expect(performance.now() - start).toBeLessThan(1000);
});

test('sizes, expressions and fields that are right are accepted', () => {
  for (const width of [0, 'container']) draw({ data, mark: 'line', encoding: { x }, width });
  draw({ data, mark: 'bar', encoding: { x: { field: 'epoch', type: 'nominal' } }, width: { step: 30 } });
  draw({ data: [{ 'a.b': 1 }], mark: 'point', encoding: { x: { field: 'a\\.b', type: 'quantitative' } } });
  draw({
    data: [{ a: [{ b: 1 }] }],
    mark: 'point',
    encoding: { x: { field: 'a[0].b', type: 'quantitative' } },
  });
  draw({
    data,
    encoding: { x },
    layer: [{ mark: 'line', encoding: { y: { field: 'loss' } } }, { mark: 'rule' }],
  });
  draw({ data, mark: 'point', encoding: { x, color: null, tooltip: [x, { field: 'loss' }] } });
  draw({ data, mark: 'rect', encoding: { x, color: { ...x, scale: { scheme: ['#fff', '#000'] } } } });
  draw({
    data,
    mark: 'point',
    transform: [{ filter: { not: { or: [{ field: 'epoch', equal: 2 }, 'datum.loss > 5'] } } }],
    encoding: { x, color: { condition: { test: 'datum.loss > 1', value: 'red' }, value: 'blue' } },
  });
});
