import { type Program, program } from '../../client/program.ts';
import { kernelDirs, pythonPrefix, surroundings } from '../../install/paths.ts';
import { commandName } from './advice.ts';
import { checkBackend } from './backend.ts';
import { checkKernel, checkNode, checkProgram } from './checks.ts';
import { checkFrontEnds, judgeVisibility, jupyterKernelDirs } from './jupyter.ts';
import { findKernelspecs, judgeFolders, judgeKernelspecs } from './kernelspecs.ts';
import { checkPackages, checkZeromq } from './packages.ts';
import type { Finding } from './types.ts';

const MARKS = { ok: '✓', note: '·', problem: '✗' } as const;

async function checkInstallation(self: Program): Promise<Finding[]> {
  const where = surroundings();
  const seen = await jupyterKernelDirs();
  const dirs = [...new Set([...seen, ...kernelDirs(where, await pythonPrefix(where))])];
  const command = commandName(self);
  const found = await findKernelspecs(dirs, { ...self, command });
  return [
    ...judgeFolders(dirs),
    ...judgeKernelspecs(found, { ...self, command }),
    ...(await checkFrontEnds()),
    ...judgeVisibility(found, seen, command),
  ];
}

/** The report as text: a line a finding, below a problem what to type. */
export function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ topic }) => topic.length));
  const lines = findings.flatMap(({ topic, status, text, fix }) => [
    `${MARKS[status]} ${topic.padEnd(width)}  ${text}`,
    ...(fix === undefined ? [] : [`${' '.repeat(width + 4)}→ ${fix}`]),
  ]);
  const problems = findings.filter(({ status }) => status === 'problem').length;
  const end =
    problems === 0 ? 'No problem found.' : `${problems} ${problems === 1 ? 'problem' : 'problems'} found.`;
  return `${[...lines, '', end].join('\n')}\n`;
}

/** `descent doctor`: exits with 1 when there is a problem. */
export async function doctor(options: { json?: boolean }): Promise<number> {
  const self = program();
  const zeromq = await checkZeromq(self);
  const loads = zeromq.every(({ status }) => status === 'ok');
  // One after the other: what is timed should not share the machine.
  const findings = [
    ...checkNode(self),
    ...checkProgram(self),
    ...zeromq,
    ...(await checkPackages(self)),
    // Without zeromq there is no kernel, and loading it here would write its stack traces to stderr.
    ...(loads ? await checkKernel(self) : []),
    ...(await checkBackend(self)),
    ...(await checkInstallation(self)),
  ];
  const healthy = findings.every(({ status }) => status !== 'problem');
  const report = options.json
    ? `${JSON.stringify({ healthy, version: self.version, node: process.version, findings }, null, 2)}\n`
    : formatFindings(findings);
  process.stdout.write(report);
  return healthy ? 0 : 1;
}
