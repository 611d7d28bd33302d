// What benchmarks do with measured values: judge them against their limits and print them as a Markdown table.
import { availableParallelism, cpus, loadavg } from 'node:os';

export function quantile(values, part) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}

/** A figure with its median and 95th percentile, and whether it misses its limits. */
export function judge(figure, values) {
  const median = quantile(values, 0.5);
  const p95 = quantile(values, 0.95);
  const missed =
    (figure.median !== undefined && !(median <= figure.median)) ||
    (figure.p95 !== undefined && !(p95 <= figure.p95));
  return { ...figure, count: values.length, measured: { median, p95 }, missed };
}

export function show(value, unit) {
  if (!Number.isFinite(value)) return '–';
  const digits = unit === '×' ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`.trim();
}

const limit = ({ median, p95, unit }) =>
  [median !== undefined && `≤ ${median} ${unit}`.trim(), p95 !== undefined && `p95 ≤ ${p95} ${unit}`.trim()]
    .filter(Boolean)
    .join(', ');

function verdict({ median, p95, missed }) {
  if (median === undefined && p95 === undefined) return '';
  return missed ? '**missed**' : 'kept';
}

/** The machine that measures, and how busy it is. */
export function machineNow() {
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
  return { machine, load: loadavg().map((value) => Number(value.toFixed(2))) };
}

/** Judged figures as a table; `more` are lines that stand below it. */
export function figureTable({ machine, load, lines, more = [] }) {
  const head = ['', 'median', 'p95', 'of', 'limit', ''];
  const rows = lines.map((line) => [
    line.title,
    show(line.measured.median, line.unit),
    show(line.measured.p95, line.unit),
    String(line.count),
    limit(line),
    verdict(line),
  ]);
  const text = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const missed = lines.filter((line) => line.missed).map(({ title }) => title);
  return [
    ...text,
    '',
    ...more,
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${load.join(' ')}.`,
    missed.length > 0 ? `Missed: ${missed.join('; ')}.` : 'All limits are kept.',
  ].join('\n');
}
