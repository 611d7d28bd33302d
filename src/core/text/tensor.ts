import { nestedText } from './nested.ts';
import { briefNumber, bytesText, countText, float32Text } from './numbers.ts';

/** What is read of a tensor, a variable or a TensorBuffer, of whichever copy of tfjs. */
export interface TensorLook {
  /** `Tensor`, `Variable 'name'`. */
  readonly title: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Undefined where they cannot be read. */
  readonly values: ArrayLike<unknown> | undefined;
  /** Why there are none. */
  readonly reason?: string;
}

/** Fewer values need no summary: they are all there to see. */
const leastSummed = 24;
/** At most so many values are summed up; of more, those of evenly spaced stretches. */
const mostSummed = 2 ** 24;
const stretches = 64;
const bytesOf: Readonly<Record<string, number>> = { bool: 1, complex64: 8, string: 0 };

/** Kind, type and shape; for a nested value also its values if they are very few. */
export function tensorLine(look: TensorLook): string {
  const head = headOf(look);
  if (look.values === undefined) return `${head} (${look.reason})`;
  const size = sizeOf(look.shape);
  if (size === 0 || size > 6 || look.shape.length > 2) return head;
  return `${head} ${nestedText({ ...look, values: look.values }).replace(/\s+/g, ' ')}`;
}

/** Kind, type, shape, a summary of the values, and the values or the ends of their axes. */
export function tensorText(look: TensorLook): string {
  const { shape, dtype, values, reason } = look;
  const head = headOf(look);
  if (values === undefined) return `${head} (${reason})`;
  if (shape.length === 0 && dtype === 'float32') return `${head} ${float32Text(Number(values[0]))}`;
  const nested = nestedText({ shape, dtype, values });
  if (shape.length === 0) return `${head} ${nested}`;
  const size = sizeOf(shape);
  const isSummed = size > leastSummed && (dtype === 'float32' || dtype === 'int32' || dtype === 'bool');
  const amount = size > leastSummed ? ` · ${countText(size)} values${memoryText(size, dtype)}` : '';
  const lines = [
    `${head}${amount}`,
    ...(isSummed ? [summaryText(values as ArrayLike<number>, size, dtype)] : []),
  ];
  return [...lines, nested].join('\n');
}

const headOf = ({ title, dtype, shape }: TensorLook): string => `${title} ${dtype} [${shape.join(', ')}]`;
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

function memoryText(size: number, dtype: string): string {
  const bytes = bytesOf[dtype] ?? 4;
  return bytes === 0 ? '' : `, ${bytesText(size * bytes)}`;
}

interface Sums {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
  readonly nan: number;
  readonly infinite: number;
}

/** The stretches of the values that are summed up: all of them, or some of very many. */
function* stretchesOf(size: number): Iterable<[from: number, to: number]> {
  if (size <= mostSummed) yield [0, size];
  else {
    const length = Math.floor(mostSummed / stretches);
    for (let at = 0; at < stretches; at++) {
      const from = Math.floor((at * (size - length)) / (stretches - 1));
      yield [from, from + length];
    }
  }
}

function sumUp(values: ArrayLike<number>, size: number): Sums {
  let [count, nan, infinite, sum, squares] = [0, 0, 0, 0, 0];
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  // Sums of differences to one of the values lose no digits where all are large and alike.
  let pivot: number | undefined;
  for (const [from, to] of stretchesOf(size)) {
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      if (value - value !== 0) {
        if (Number.isNaN(value)) nan++;
        else infinite++;
        continue;
      }
      pivot ??= value;
      const offset = value - pivot;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += offset;
      squares += offset * offset;
      count++;
    }
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { count, min, max, mean: mean + (pivot ?? 0), deviation, nan, infinite };
}

function summaryText(values: ArrayLike<number>, size: number, dtype: string): string {
  const { count, min, max, mean, deviation, nan, infinite } = sumUp(values, size);
  const sample = size > mostSummed ? [`of a sample of ${countText(mostSummed)}`] : [];
  if (dtype === 'bool') return [`${countText(Math.round(mean * count))} true`, ...sample].join(', ');
  const numbers = [
    ['min', min],
    // As exact as it takes to tell it from values that are near it.
    [
      'mean',
      mean,
      4 + Math.max(0, Math.floor(Math.log10(Math.abs(mean) / (deviation || Math.abs(mean) || 1)))),
    ],
    ['max', max],
    ['std', deviation],
  ] as const;
  const parts =
    count > 0
      ? numbers.map(([name, value, digits]) => `${name} ${briefNumber(value, digits)}`)
      : ['no finite value'];
  if (nan > 0) parts.push(`${countText(nan)} NaN`);
  if (infinite > 0) parts.push(`${countText(infinite)} infinite`);
  return (
    [...parts, ...sample].join(', ') +
    (count > 0 && min < max ? `  ${histogram(values, size, min, max)}` : '')
  );
}

const bars = '▁▂▃▄▅▆▇█';
const bins = 12;

/** How the values are spread from the smallest to the largest, as a row of bars. */
function histogram(values: ArrayLike<number>, size: number, min: number, max: number): string {
  const counts = new Uint32Array(bins);
  const scale = bins / (max - min);
  // The shape shows in a part of them as well.
  const step = Math.max(1, Math.floor(size / 2 ** 20));
  for (let i = 0; i < size; i += step) {
    const bin = (values[i]! - min) * scale;
    if (bin >= 0) counts[Math.min(bins - 1, Math.floor(bin))]! += 1;
  }
  const most = Math.max(...counts);
  return Array.from(counts, (count) => {
    return count === 0 ? ' ' : bars[Math.min(bars.length - 1, Math.floor((count / most) * bars.length))];
  }).join('');
}
