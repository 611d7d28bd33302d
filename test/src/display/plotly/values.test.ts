import { expect, test } from 'vitest';
import { jsonValue, plainValue } from '../../../../src/display/plotly/plain.ts';
import { tf } from '../../../../src/index.ts';

const sent = (value: unknown): unknown => jsonValue(plainValue(value, 'data'));

test('numbers of all kinds become numbers, and gaps', () => {
  expect(sent([1, Number.NaN, Number.POSITIVE_INFINITY, 5n, undefined])).toEqual([1, null, null, 5, null]);
  expect(sent(new Float32Array([0.1, 3, Number.NaN, 1e-7]))).toEqual([0.1, 3, null, 1e-7]);
  expect(sent(new Float64Array([0.1, -Infinity]))).toEqual([0.1, null]);
  expect(sent(new BigInt64Array([1n, 2n]))).toEqual([1, 2]);
  expect(sent(new Set([1, 2]))).toEqual([1, 2]);
});

test('dates are written in local time, as Plotly shows them', () => {
  expect(sent([new Date(2024, 0, 31, 9, 5), new Date(2024, 0, 1, 0, 0, 1, 7), new Date('no')])).toEqual([
    '2024-01-31 09:05:00',
    '2024-01-01 00:00:01.007',
    null,
  ]);
});

test('Maps are objects, and what has toJSON() says itself what it is', () => {
  expect(sent({ marker: new Map([['color', 'red']]) })).toEqual({ marker: { color: 'red' } });
  expect(sent({ toJSON: () => [{ y: [1] }] })).toEqual([{ y: [1] }]);
});

test('tensors are lists of lists; one that was disposed is named', async () => {
  await tf.ready();
  expect(
    sent(
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(
    sent(
      tf.tensor3d([
        [[1], [2]],
        [[3], [4]],
      ]),
    ),
  ).toEqual([
    [[1], [2]],
    [[3], [4]],
  ]);
  expect(sent({ width: tf.scalar(3) })).toEqual({ width: 3 });
  const gone = tf.tensor1d([1, 2]);
  gone.dispose();
  expect(() => plainValue([{ x: gone }], 'data')).toThrow(/plotly: data\[0\]\.x cannot be read: .*disposed/);
});

test('what cannot be sent is refused with its path', () => {
  expect(() => plainValue({ hover: { format: () => '' } }, 'layout')).toThrow(
    'plotly: layout.hover.format is a function; allowed is data, since a figure is sent as JSON',
  );
  expect(() => plainValue([{ x: Symbol('x') }], 'data')).toThrow('data[0].x is Symbol(x)');
  const self: Record<string, unknown> = {};
  self.self = self;
  expect(() => plainValue(self, 'layout')).toThrow('plotly: layout.self contains itself; allowed are trees');
  const trap = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  expect(() => plainValue(trap, 'data')).toThrow('plotly: data.x cannot be read: no');
});
