import { type Description, optionText } from '../../core/description.ts';
import { isList, readMember } from '../inspect.ts';
import { html } from '../markup.ts';
import { table } from '../table.ts';
import { displaySymbol, type MimeBundle, metadataSymbol, type Rendered } from '../types.ts';
import { vegaLite } from '../vegaLite.ts';
import { firstPictures } from './pictures.ts';

/** More points than these are drawn no longer one by one. */
const mostPoints = 1500;
const size = 260;

/** A data set: points in the plane as a scatter plot, a curve's samples likewise, pictures in a grid, others as a table. */
export async function pointsBundle(data: object, description: Description): Promise<Rendered> {
  const x = readMember(data, 'x');
  const y = readMember(data, 'y');
  const text = pointsText(data, description);
  const pictures = firstPictures(data);
  if (pictures) {
    const bundle = await pictures[displaySymbol]();
    return { data: { ...bundle, 'text/plain': text }, metadata: pictures[metadataSymbol]?.() ?? {} };
  }
  const spec =
    isPlane(x) && isNumbers(y)
      ? planeSpec(x, y)
      : isNumbers(x) && isNumbers(y)
        ? curveSpec(x, y, data)
        : undefined;
  if (spec === undefined) return { data: { ...headTable(x, y), 'text/plain': text }, metadata: {} };
  const chart = vegaLite({ title: { text: titleOf(description), fontSize: 12 }, ...spec });
  const bundle = await chart[displaySymbol]();
  return { data: { ...bundle, 'text/plain': text }, metadata: chart[metadataSymbol]?.() ?? {} };
}

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  (ArrayBuffer.isView(value) && !(value instanceof DataView)) ||
  (isList(value) && typeof value[0] === 'number');

const isPlane = (value: unknown): value is number[][] =>
  isList(value) && isList(value[0]) && value[0].length === 2;

function titleOf({ name, options }: Description): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return `${name}({ ${given.map(([key, value]) => `${key}: ${optionText(value)}`).join(', ')} })`;
}

function pointsText(data: object, description: Description): string {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: ${partText(value)}`);
  return [titleOf(description), ...lines].join('\n');
}

function partText(value: unknown): string {
  const numbers = isList(value) || ArrayBuffer.isView(value) ? (value as ArrayLike<unknown>) : [];
  const rows = Array.from({ length: Math.min(3, numbers.length) }, (_, at) => itemText(numbers[at]));
  const rest = numbers.length > rows.length ? ', …' : '';
  const kind = isList(value) ? 'array' : (value?.constructor.name ?? 'value');
  return `${kind} of ${numbers.length} [${rows.join(', ')}${rest}]`;
}

function itemText(value: unknown): string {
  if (ArrayBuffer.isView(value)) return itemText(Array.from(value as Float32Array));
  if (isList(value)) return `[${value.slice(0, 4).map(itemText).join(', ')}${value.length > 4 ? ', …' : ''}]`;
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

/** Evenly chosen indices where there are too many points. */
function chosen(length: number): number[] {
  const step = Math.max(1, length / mostPoints);
  return Array.from({ length: Math.min(length, mostPoints) }, (_, at) => Math.floor(at * step));
}

const plane = { width: size, height: size, mark: { type: 'point', size: 22, opacity: 0.8 } };
const numeric = (field: string): object => ({
  field,
  type: 'quantitative',
  scale: { zero: false, nice: true },
});

function planeSpec(x: number[][], y: ArrayLike<number>): object {
  const values = chosen(x.length).map((at) => ({ 'x[0]': x[at]![0], 'x[1]': x[at]![1], y: y[at] }));
  const data = { values: values.map((row) => ({ a: row['x[0]'], b: row['x[1]'], y: row.y })) };
  return {
    ...plane,
    data,
    encoding: {
      x: { ...numeric('a'), title: 'x[0]' },
      y: { ...numeric('b'), title: 'x[1]' },
      color: { field: 'y', type: 'nominal', title: 'y' },
    },
  };
}

function curveSpec(x: ArrayLike<number>, y: ArrayLike<number>, data: object): object {
  const outliers = readMember(data, 'outliers');
  const marked = new Set(isList(outliers) ? outliers : []);
  const values = chosen(x.length).map((at) => ({
    x: x[at],
    y: y[at],
    kind: marked.has(at) ? 'outlier' : 'sample',
  }));
  const color =
    marked.size > 0
      ? { color: { field: 'kind', type: 'nominal', title: null, scale: { domain: ['sample', 'outlier'] } } }
      : {};
  return {
    ...plane,
    width: 1.4 * size,
    data: { values },
    encoding: { x: numeric('x'), y: numeric('y'), ...color },
  };
}

function headTable(x: unknown, y: unknown): MimeBundle {
  const count = isList(x) ? x.length : 0;
  const rows = Array.from({ length: Math.min(5, count) }, (_, at) => {
    const row = (x as unknown[])[at];
    const cells = isList(row)
      ? Object.fromEntries(row.slice(0, 20).map((value, i) => [`x[${i}]`, value]))
      : { x: row };
    return { ...cells, y: readMember(y, at) };
  });
  return { 'text/html': html`${table(rows)}<div style="opacity:.7">the first of ${count}</div>`.markup };
}
