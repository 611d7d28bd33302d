// The measurements of language.mjs as a Markdown table.

export function quantile(values, part) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}

function show(value, unit) {
  if (!Number.isFinite(value)) return '–';
  const digits = unit === '×' ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

const limit = ({ median, p95, unit }) =>
  [median !== undefined && `≤ ${median} ${unit}`, p95 !== undefined && `p95 ≤ ${p95} ${unit}`]
    .filter(Boolean)
    .join(', ');

function verdict({ median, p95, missed }) {
  if (median === undefined && p95 === undefined) return '';
  return missed ? '**missed**' : 'kept';
}

export function table({ machine, load, lines, distribution }) {
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
  const parts = Object.entries(distribution).map(([name, values]) => {
    const [p10, p50, p90, worst] = [0.1, 0.5, 0.9, 1].map((part) => show(quantile(values, part), 'ms'));
    return `- ${name}: 10 % ${p10}, 50 % ${p50}, 90 % ${p90}, worst ${worst} (${values.length})`;
  });
  const missed = lines.filter((line) => line.missed).map(({ title }) => title);
  return [
    ...text,
    '',
    'Completions at positions never seen before:',
    ...parts,
    '',
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${load.join(' ')}.`,
    missed.length > 0 ? `Missed: ${missed.join('; ')}.` : 'All limits are kept.',
  ].join('\n');
}
