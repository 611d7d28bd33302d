import { isA, isList, readMember, shortText } from '../inspect.ts';
import { isListLike, numbersOf } from '../numbers.ts';

/** The way of an optimizer over a surface. */
export interface Path {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const allowed =
  'allowed are lists of points [x, y] or { x, y }, tensors [steps, 2], and an object or a Map of several by name';

/** The paths of data: one, several in a list, or by their names. */
export function pathsOf(data: unknown): Path[] {
  if (data === undefined || data === null) return [];
  if (isA(data, Map)) return [...data].map(([name, points]) => pathOf(String(name), points));
  if (isListLike(data)) {
    const isSeveral = isList(data) && data.every((item) => isListLike(item) && isPath(item));
    if (isList(data) && data.length === 0) return [];
    if (!isSeveral) return [pathOf('path', data)];
    return data.map((points, index) => pathOf(data.length === 1 ? 'path' : `path ${index + 1}`, points));
  }
  if (typeof data !== 'object') throw new TypeError(`lossSurface: paths is ${shortText(data)}; ${allowed}`);
  return Object.entries(data).map(([name, points]) => pathOf(name, points));
}

/** Whether a member of a list is a whole path, rather than a point. */
function isPath(item: unknown): boolean {
  const shape = readMember(item, 'shape');
  if (isList(shape)) return shape.length === 2;
  return (
    isList(item) && item.length > 0 && item.every((point) => typeof point === 'object' && point !== null)
  );
}

function pathOf(name: string, data: unknown): Path {
  const where = `lossSurface: the path ${JSON.stringify(name)}`;
  const shape = readMember(data, 'shape');
  if (isList(shape)) {
    if (shape.length === 2 && shape[1] === 2) return fromPairs(name, numbersOf(data, where));
    throw new RangeError(`${where} has shape [${shape.join(', ')}]; allowed is [steps, 2]`);
  }
  if (!isList(data)) throw new TypeError(`${where} is ${shortText(data)}; ${allowed}`);
  const points = data.map((point, index) => pointOf(point, `${where}[${index}]`));
  return { name, x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

function pointOf(point: unknown, where: string): readonly [number, number] {
  const pair = isListLike(point) ? numbersOf(point, where) : [readMember(point, 'x'), readMember(point, 'y')];
  const [x, y] = pair;
  if (pair.length === 2 && typeof x === 'number' && typeof y === 'number') return [x, y];
  throw new TypeError(`${where} is ${shortText(point)}; ${allowed}`);
}

function fromPairs(name: string, values: Float64Array): Path {
  const at = (offset: number): number[] =>
    Array.from({ length: values.length / 2 }, (_, i) => values[2 * i + offset]!);
  return { name, x: at(0), y: at(1) };
}

/** The least interval with all finite values of the paths, and some room around them. */
export function around(values: readonly number[]): readonly [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return undefined;
  const room = (high - low) * 0.25 || Math.max(1, Math.abs(low) / 2);
  return [low - room, high + room];
}
