import { isPlain, type Plain } from '../../plain.ts';
import type { Leaf } from '../leaves.ts';

/** More columns than this no screen has. */
const mostColumns = 1200;
/** Categories of which a first row is kept in any case. */
const mostCategories = 60;
const lines = ['line', 'area', 'trail', 'bar', 'rule'];
const seriesChannels =
  'color fill stroke detail strokeDash strokeWidth opacity shape row column facet key'.split(' ');

/**
 * The indices of the rows that stand for all rows of a view, in their order: for lines the first, lowest,
 * highest and last of each pixel column, which leave the picture as it is; for others a random sample, always
 * the same, with the outermost values and all categories in it.
 */
export function chooseRows(rows: readonly unknown[], leaf: Leaf, most: number): number[] {
  const { x, y } = leaf.encoding;
  const isLine =
    lines.includes(leaf.mark) && isContinuous(x) && isContinuous(y) && !('order' in leaf.encoding);
  const at = isLine ? numbersOf(rows, x) : undefined;
  const value = isLine ? numbersOf(rows, y) : undefined;
  return at && value ? outlineRows(at, value, seriesOf(rows, leaf), most) : sampleRows(rows, leaf, most);
}

function isContinuous(definition: unknown): definition is Plain {
  if (!isPlain(definition) || typeof definition.field !== 'string') return false;
  return /^[qt]/i.test(String(definition.type)) && definition.bin === undefined;
}

/** Numbers of a field, as far apart as they are on its axis; undefined if no row has the field. */
function numbersOf(rows: readonly unknown[], { field, type, scale }: Plain): Float64Array | undefined {
  const isTime = /^t/i.test(String(type));
  const isLog = isPlain(scale) && scale.type === 'log';
  const numbers = new Float64Array(rows.length);
  let isThere = false;
  for (const [index, row] of rows.entries()) {
    const value = (row as Plain | null)?.[String(field)];
    const number = typeof value === 'number' ? value : isTime ? Date.parse(String(value)) : Number.NaN;
    isThere ||= !Number.isNaN(number);
    numbers[index] = isLog ? Math.log(number) : number;
  }
  return isThere ? numbers : undefined;
}

/** Which line each row belongs to. */
function seriesOf(rows: readonly unknown[], { encoding, facets }: Leaf): Int32Array {
  const definitions = [...seriesChannels.map((channel) => encoding[channel]), ...facets].flat();
  const fields = definitions.flatMap((one) => (isPlain(one) && typeof one.field === 'string' ? [one] : []));
  const names = fields.filter(({ type }) => !/^[qt]/i.test(String(type))).map(({ field }) => String(field));
  const series = new Int32Array(rows.length);
  if (names.length === 0) return series;
  const known = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const key = names.map((name) => String((row as Plain | null)?.[name])).join('\n');
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    series[index] = number;
  }
  return series;
}

interface Column {
  first: number;
  last: number;
  low: number;
  high: number;
}

/** M4 of Jugel et al. (2014), within each series. */
function outlineRows(at: Float64Array, value: Float64Array, series: Int32Array, most: number): number[] {
  let [start, end, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const [index, x] of at.entries()) {
    if (Number.isFinite(x)) [start, end] = [Math.min(start, x), Math.max(end, x)];
    count = Math.max(count, (series[index] ?? 0) + 1);
  }
  const size = Math.max(2, Math.min(mostColumns, Math.floor(most / (4 * count))));
  const columns = new Map<number, Column>();
  for (let index = 0; index < at.length; index++) {
    const [x = Number.NaN, y = Number.NaN] = [at[index], value[index]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const place = end > start ? Math.min(size - 1, Math.floor(((x - start) / (end - start)) * size)) : 0;
    const key = (series[index] ?? 0) * size + place;
    const column = columns.get(key);
    if (!column) columns.set(key, { first: index, last: index, low: index, high: index });
    else widen(column, index, at, value);
  }
  const kept = new Set(
    [...columns.values()].flatMap(({ first, last, low, high }) => [first, last, low, high]),
  );
  return [...kept].sort((one, two) => one - two);
}

function widen(column: Column, index: number, at: Float64Array, value: Float64Array): void {
  const [x = 0, y = 0] = [at[index], value[index]];
  if (x < (at[column.first] ?? 0)) column.first = index;
  if (x >= (at[column.last] ?? 0)) column.last = index;
  if (y < (value[column.low] ?? 0)) column.low = index;
  if (y > (value[column.high] ?? 0)) column.high = index;
}

function sampleRows(rows: readonly unknown[], { encoding }: Leaf, most: number): number[] {
  const kept = new Set<number>();
  for (const definition of Object.values(encoding).flat()) {
    if (!isPlain(definition) || typeof definition.field !== 'string') continue;
    const numbers = isContinuous(definition) ? numbersOf(rows, definition) : undefined;
    for (const index of numbers ? outermost(numbers) : firstOfEach(rows, definition.field)) kept.add(index);
  }
  const random = seeded();
  const before = new Set(kept);
  let [wanted, left] = [Math.max(0, most - kept.size), rows.length - kept.size];
  // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2): the order stays.
  for (let index = 0; index < rows.length && wanted > 0; index++) {
    if (before.has(index)) continue;
    const isTaken = random() * left < wanted;
    left -= 1;
    if (!isTaken) continue;
    kept.add(index);
    wanted -= 1;
  }
  return [...kept].sort((one, two) => one - two);
}

function outermost(numbers: Float64Array): number[] {
  let [low, high] = [-1, -1];
  for (const [index, number] of numbers.entries()) {
    if (!Number.isFinite(number)) continue;
    if (low < 0 || number < (numbers[low] ?? 0)) low = index;
    if (high < 0 || number > (numbers[high] ?? 0)) high = index;
  }
  return low < 0 ? [] : [low, high];
}

function firstOfEach(rows: readonly unknown[], field: string): number[] {
  const seen = new Map<unknown, number>();
  for (const [index, row] of rows.entries()) {
    const value = (row as Plain | null)?.[field];
    if (!seen.has(value)) seen.set(value, index);
    if (seen.size > mostCategories) return [];
  }
  return [...seen.values()];
}

/** Numbers from 0 to 1, the same in each chart (mulberry32). */
function seeded(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
