// `npm run bench optimizers`: what the optimizers cost beside a reference, part by part, in one table.
//
// A part is a module in test/bench/optimizers that exports
//
//     name                     what `--only` chooses by
//     async run(options)       options: { milliseconds, backend }, the time to measure each figure for, about, and
//                              what `--backend` names: the one back end to measure, where a part measures several
//
// and resolves to rows { title, ours, reference, unit, ratio, limit }: `ratio` is ours / reference, whose limit it
// must keep; `reference` names its value as [name, value]. A row without a ratio has a `note` that says why. What a
// part needs beside its module lies in a folder of its own. Each runs in a process of its own, so that none pays for
// what another has left to collect.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineNow } from './figures.mjs';

const FOLDER = join(import.meta.dirname, 'optimizers');
const OPTIONS = {
  only: { type: 'string', default: '' },
  milliseconds: { type: 'string', default: '1000' },
  backend: { type: 'string', default: '' },
};

async function parts(only) {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.mjs')).sort();
  const modules = await Promise.all(
    files.map(async (file) => ({ file: join(FOLDER, file), name: (await import(join(FOLDER, file))).name })),
  );
  return modules.filter(({ name }) => name.includes(only));
}

/** What a part measures, in a process of its own. */
async function measure(file, options) {
  const child = fork(join(import.meta.dirname, 'optimizersPart.mjs'), [file, JSON.stringify(options)]);
  let rows;
  child.once('message', (message) => {
    rows = message;
  });
  const [status] = await once(child, 'exit');
  if (rows === undefined) throw new Error(`${file} ended with ${status} before it had measured`);
  return rows;
}

const show = (value, unit) => `${value.toPrecision(3)} ${unit}`.trim();

function cells(part, { title, ours, reference, unit, ratio, limit, note }) {
  if (ratio === undefined) return [part, title, ours === undefined ? '' : show(ours, unit), note, '', '', ''];
  const verdict = limit === undefined ? '' : ratio <= limit ? 'kept' : '**missed**';
  const allowed = limit === undefined ? '' : `≤ ${limit}`;
  const [name, value] = reference;
  return [
    part,
    title,
    show(ours, unit),
    `${show(value, unit)} (${name})`,
    ratio.toFixed(2),
    allowed,
    verdict,
  ];
}

export async function main(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const head = ['part', '', 'ours', 'reference', 'ratio', 'limit', ''];
  const lines = [head, head.map(() => '---')];
  for (const { name, file } of await parts(values.only)) {
    const rows = await measure(file, {
      milliseconds: Number(values.milliseconds),
      backend: values.backend,
    });
    lines.push(...rows.map((row) => cells(name, row)));
  }
  for (const line of lines) console.log(`| ${line.join(' | ')} |`);
  const { machine, load } = machineNow();
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${load.join(' ')}.`);
  if (lines.some((line) => line.at(-1) === '**missed**')) process.exitCode = 1;
}
