// The summary as a Markdown table.

function show(value, unit) {
  if (value === null || value === undefined) return '–';
  const digits = unit === '' ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}

function verdict(pass) {
  if (pass === null) return '';
  return pass ? 'pass' : '**fail**';
}

export function table({ machine, plain, repetitions, kernels, lines, problems }) {
  const head = ['', ...kernels, 'to reach', 'ratio', ''];
  const rows = lines.map((line) => [
    line.title,
    ...kernels.map((kernel) => show(line.values[kernel], line.unit)),
    line.floor,
    line.measured === null ? '' : `${line.measured.toFixed(2)} ×`,
    verdict(line.pass),
  ]);
  const text = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const about = [
    `${machine.cpu}, ${machine.cores} cores, Node ${plain.node}; medians of ${repetitions} sessions a kernel, in turn.`,
    `The loop in a plain script: ${plain.module_ms.toFixed(1)} ms in \`node plain.cjs\`, ` +
      `${plain.script_ms.toFixed(1)} ms where its names are global bindings (node:vm).`,
    ...problems.map((problem) => `Not measured: ${problem}.`),
  ];
  return [...text, '', ...about].join('\n');
}
