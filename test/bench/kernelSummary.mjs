// Medians over the repetitions, and each floor: the figure, what it is held against, pass or not.

const FIGURES = [
  { key: 'ready_ms', title: 'start to first kernel_info reply', unit: 'ms', ratio: 0.8 },
  { key: 'first_cell_ms', title: "start to the first cell's result", unit: 'ms', ratio: 0.9 },
  { key: 'trivial_ms', title: 'trivial cell, round trip', unit: 'ms', ratio: 0.9 },
  { key: 'declaring_ms', title: 'cell that declares names', unit: 'ms', ratio: 1 },
  { key: 'lines_idle_ms', title: '10,000 printed lines, to the idle status', unit: 'ms', ratio: 0.3 },
  { key: 'lines_ms', title: '… to the last line', unit: 'ms', ratio: 0.3 },
  { key: 'lines_messages', title: '… in messages', unit: '', limit: 40 },
  { key: 'lines_lost', title: '… lines lost', unit: '', limit: 0 },
  { key: 'memory_rss', title: 'memory (RSS of all processes)', unit: 'MiB', ratio: 0.5 },
  { key: 'memory_pss', title: 'memory (PSS of all processes)', unit: 'MiB' },
  { key: 'memory_start_rss', title: 'memory (RSS) after the first cell', unit: 'MiB' },
  { key: 'interrupt_ms', title: 'interrupt of a loop to next result', unit: 'ms', limit: 10 },
  { key: 'interrupt_worst_ms', title: '… worst', unit: 'ms' },
  // A tenth more than the plain script is within what two runs of that script differ by.
  { key: 'loop_ms', title: 'top-level loop of 10⁷ steps', unit: 'ms', plain: 1.1 },
];

function median(values) {
  const sorted = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value over the repetitions: the worst for losses, the best for the loop (as for the plain script). */
function combine(key, values) {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return null;
  if (key === 'lines_lost' || key === 'interrupt_worst_ms') return Math.max(...numbers);
  return key === 'loop_ms' ? Math.min(...numbers) : median(numbers);
}

function judge(figure, values, plain) {
  const own = values.descent ?? null;
  const { ratio, limit } = figure;
  if (ratio !== undefined) {
    const deno = values.deno ?? null;
    const measured = own === null || deno === null ? null : own / deno;
    return { floor: `≤ ${ratio} × Deno`, measured, pass: measured === null ? null : measured <= ratio };
  }
  if (limit !== undefined) {
    const floor = limit === 0 ? 'none' : `≤ ${limit} ${figure.unit}`.trim();
    return { floor, measured: null, pass: own === null ? null : own <= limit };
  }
  if (figure.plain !== undefined) {
    const measured = own === null ? null : own / plain.module_ms;
    return { floor: '= plain script', measured, pass: measured === null ? null : measured <= figure.plain };
  }
  return { floor: '', measured: null, pass: null };
}

/** One line a figure with every kernel's value, and the problems the sessions reported. */
export function summarize(records, plain) {
  const kernels = [...new Set(records.map((record) => record.kernel))];
  const lines = FIGURES.map((figure) => {
    const values = {};
    for (const kernel of kernels) {
      const own = records.filter((record) => record.kernel === kernel);
      values[kernel] = combine(
        figure.key,
        own.map((record) => record[figure.key]),
      );
    }
    return {
      key: figure.key,
      title: figure.title,
      unit: figure.unit,
      values,
      ...judge(figure, values, plain),
    };
  });
  const problems = records.flatMap((record) =>
    (record.problems ?? []).map((text) => `${record.kernel}: ${text}`),
  );
  return { kernels, lines, problems: [...new Set(problems)] };
}
