import { expect, test } from 'vitest';
import { backend, tf } from '../../../src/backend/index.ts';
import { displaySymbol, lossSurface, type MimeBundle } from '../../../src/display/index.ts';
import { countPixels, decodePng } from './png.ts';

const rosenbrock = (x: number, y: number): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const bowl = (x: number, y: number): number => x * x + 5 * y * y;

const isColoured = (red: number, green: number, blue: number): boolean => red + green + blue < 700;

interface Layer {
  readonly data: { values: Record<string, unknown>[] };
  readonly mark: { type: string };
  readonly encoding: Record<string, { scale?: { type?: string; domain?: number[] } }>;
}

const layersOf = (surface: { spec: object }): Layer[] => (surface.spec as { layer: Layer[] }).layer;

test('a map of colours with contour lines, a picture and text', async () => {
  const shown = lossSurface(rosenbrock, { x: [-2, 2], y: [-1, 3], xTitle: 'α', yTitle: 'β' });
  const bundle = (await shown[displaySymbol]()) as MimeBundle;
  expect(Object.keys(bundle)).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
  expect(bundle['text/plain']).toMatch(
    /^Loss surface: minimum \d.*e-\d+ at \(1, 1\) · 60 × 60 values up to 2,346 · log scale$/,
  );
  const [heat, contours] = layersOf(shown);
  expect(heat?.data.values[0]?.z).toHaveLength(3600);
  // The first cell's middle is (−2 + 2/60, −1 + 2/60).
  const [x, y] = [-2 + 2 / 60, -1 + 2 / 60];
  const [first] = (heat?.data.values[0]?.z ?? []) as number[];
  expect(first).toBeCloseTo(rosenbrock(x, y), 1);
  expect(heat?.encoding.color?.scale?.type).toBe('log');
  expect(new Set(contours?.data.values.map(({ level }) => level)).size).toBeGreaterThan(8);
  expect(JSON.stringify(shown.spec).length).toBeLessThan(150_000);
  expect(countPixels(decodePng(bundle['image/png']), [0, 0, 1, 1], isColoured)).toBeGreaterThan(100_000);
});

test('the minimum is found more closely than the grid is', () => {
  const { minimum } = lossSurface(rosenbrock, { x: [-2, 2], y: [-1, 3], resolution: 20 });
  expect(minimum?.x).toBeCloseTo(1, 3);
  expect(minimum?.y).toBeCloseTo(1, 3);
  expect(minimum?.value).toBeLessThan(1e-6);
  // A plane has its least value in a corner.
  const corner = lossSurface((x, y) => x + 2 * y).minimum;
  expect(corner?.x).toBeCloseTo(-2, 4);
  expect(corner?.y).toBeCloseTo(-2, 4);
});

test.each<[string, unknown]>([
  [
    'pairs',
    {
      a: [
        [1, 1],
        [0.5, 0],
      ],
    },
  ],
  [
    'objects',
    {
      a: [
        { x: 1, y: 1 },
        { x: 0.5, y: 0 },
      ],
    },
  ],
  ['typed arrays in a Map', new Map([['a', [new Float32Array([1, 1]), [0.5, 0]]]])],
])('paths of %s begin and end with their marks', async (_what, paths) => {
  const shown = lossSurface(bowl, { paths });
  expect(layersOf(shown).flatMap(({ data }) => data.values.filter(({ end }) => end !== undefined))).toEqual([
    { path: 'a', end: 'start', step: 0, x: 1, y: 1, value: 6 },
    { path: 'a', end: 'end', step: 1, x: 0.5, y: 0, value: 0.25 },
  ]);
  expect(String(shown).split('\n').slice(1)).toEqual([
    'path  steps  start x  start y  start loss  end x  end y  end loss',
    '────  ─────  ───────  ───────  ──────────  ─────  ─────  ────────',
    'a         1        1        1           6    0.5      0      0.25',
  ]);
  await expect(shown[displaySymbol]()).toHaveProperty('image/png');
});

test('paths may stand in the place of the options, one or several, with options after them', () => {
  const path = [
    [1, 1],
    [0, 0],
  ];
  const names = (surface: { spec: object }): unknown[] => [
    ...new Set(
      layersOf(surface).flatMap(({ data }) =>
        data.values.flatMap((row) => ('step' in row ? [row.path] : [])),
      ),
    ),
  ];
  expect(names(lossSurface(bowl, path))).toEqual(['path']);
  expect(names(lossSurface(bowl, tf.tensor2d(path as [number, number][])))).toEqual(['path']);
  expect(names(lossSurface(bowl, [path, path]))).toEqual(['path 1', 'path 2']);
  expect(names(lossSurface(bowl, { sgd: path, adam: path }, { scale: 'linear' }))).toEqual(['sgd', 'adam']);
});

test('without intervals the surface lies around the paths', () => {
  const [heat] = layersOf(
    lossSurface(bowl, [
      [0, 1],
      [4, 3],
    ]),
  );
  // A quarter of the width on each side: 4 / 4 = 1 and 2 / 4 = 0.5.
  expect(heat?.encoding.x?.scale?.domain).toEqual([-1, 5]);
  expect(heat?.encoding.y?.scale?.domain).toEqual([0.5, 3.5]);
});

test('paths without points leave nothing to draw', async () => {
  for (const paths of [[], { a: [] }, { a: [[Number.NaN, 1]] }]) {
    const shown = lossSurface(bowl, { paths, resolution: 8, levels: 0 });
    expect(layersOf(shown)).toHaveLength(2);
    await expect(shown[displaySymbol]()).toHaveProperty('image/png');
  }
});

test('a function of tensors leaves none behind', async () => {
  await backend.ready();
  const before = tf.memory().numTensors;
  const f = (x: number, y: number): tf.Scalar => tf.scalar(x).square().add(tf.scalar(y).square());
  const { minimum } = lossSurface(f, { resolution: 8, levels: 3 });
  expect(minimum?.value).toBeCloseTo(0, 5);
  // Only the very first value is computed before it is known that f makes tensors.
  expect(tf.memory().numTensors - before).toBeLessThanOrEqual(4);
});

test('scales: linear where values are alike or negative, logarithmic where they differ widely', () => {
  const scale = (f: (x: number, y: number) => number, options = {}): unknown =>
    layersOf(lossSurface(f, { resolution: 20, ...options }))[0]?.encoding.color?.scale?.type;
  expect(scale((x, y) => x - y)).toBe('linear');
  expect(scale((x, y) => 10 + x * y)).toBe('linear');
  expect(scale((x, y) => Math.exp(3 * x) + y * y)).toBe('log');
  expect(scale(rosenbrock, { scale: 'linear' })).toBe('linear');
  expect(scale((x, y) => x - y, { scale: 'log' })).toBe('symlog');
});

test('values that are not finite are blank, and counted', async () => {
  const shown = lossSurface((x, y) => Math.log(x) + y * y, { x: [-1, 1], y: [-1, 1], resolution: 10 });
  expect(String(shown)).toContain('50 values not finite');
  await expect(shown[displaySymbol]()).toHaveProperty('image/png');
  expect(String(lossSurface(() => Number.NaN, { resolution: 8 }))).toBe(
    'Loss surface: no finite value · 64 values not finite',
  );
});

test('long paths are drawn with some of their points, and beyond the surface with none', () => {
  const path = Array.from({ length: 5000 }, (_, i) => [Math.cos(i / 1000), Math.sin(i / 1000)]);
  path.push([Number.NaN, Number.POSITIVE_INFINITY]);
  const rows = layersOf(lossSurface(bowl, path, { levels: 0 })).map(({ data }) => data.values.length);
  expect(Math.max(...rows)).toBe(299);
});

test.each<[unknown, unknown, RegExp]>([
  [5, undefined, /lossSurface: f is 5; allowed is a function of two numbers/],
  [() => 'x', undefined, /f\(-1\.96\d*, -1\.96\d*\) is 'x'; allowed are a number and a tensor of one/],
  [async () => 1, undefined, /is a promise: await its values beforehand/],
  [bowl, { x: [1, 0] }, /x must be two finite numbers/],
  [bowl, { scale: 'exp' }, /scale must be one of 'auto', 'linear', 'log'/],
  [bowl, { levels: 99 }, /levels must be a number of contour lines from 0 to 50, or a list/],
  [bowl, { resolution: 5 }, /resolution must be an integer in \[8, 200\]/],
  [bowl, { resolutoin: 5 }, /did you mean 'resolution'\?/],
  [bowl, { paths: 5 }, /paths is 5; allowed are lists of points/],
  [bowl, { paths: { a: [[1]] } }, /the path "a"\[0\] is \[ 1 \]; allowed are lists of points/],
  [bowl, { paths: { a: 'x' } }, /the path "a" is 'x'/],
  [bowl, [[1, 'x']], /the path "path"\[0\]\[1\] is 'x'; allowed are numbers/],
])('%o with %o is refused', (f, options, message) => {
  expect(() => lossSurface(f as never, options)).toThrow(message);
});
