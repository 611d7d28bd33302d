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
