import type { Program } from '../../client/program.ts';
import { startKernel } from '../../client/start.ts';
import { chooseNode } from '../../install/node.ts';
import { errorLine } from '../errors.ts';
import { commandName, rebuild } from './advice.ts';
import { manifest } from './manifest.ts';
import { missingFiles } from './packages.ts';
import type { Finding } from './types.ts';

const KERNEL_TIMEOUT = 30_000;

/** `^20.19.0 || >=22.12.0`, the two forms that package.json uses. */
export function satisfies(version: string, range: string): boolean {
  const parse = (text: string): number[] => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const compare = (a: number[], b: number[]): number =>
    [0, 1, 2].map((i) => (a[i] ?? 0) - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
  const have = parse(version);
  return range.split('||').some((part) => {
    const need = parse(part);
    return compare(have, need) >= 0 && (!part.trim().startsWith('^') || have[0] === need[0]);
  });
}

export function checkNode(program: Program, version: string = process.version): Finding[] {
  const range = manifest(program).engines?.node ?? '*';
  const text = `${version} (${chooseNode().path})`;
  if (range === '*' || satisfies(version, range)) return [{ topic: 'Node', status: 'ok', text }];
  const fix = 'install a newer Node, from nodejs.org or with your version manager, then: descent install';
  return [{ topic: 'Node', status: 'problem', text: `${text} is not among ${range}`, fix }];
}

export function checkProgram(program: Program): Finding[] {
  const topic = 'Descent';
  const missing = missingFiles(program);
  if (missing.length > 0) {
    const fix = rebuild(program);
    return missing.map((path) => ({ topic, status: 'problem', text: `${path} is missing`, fix }));
  }
  return [{ topic, status: 'ok', text: `${program.version} (${program.root})` }];
}

/** Starts the real kernel and runs a cell. */
export async function checkKernel(program: Program): Promise<Finding[]> {
  const topic = 'Kernel';
  const start = performance.now();
  try {
    const client = await startKernel({ timeout: KERNEL_TIMEOUT });
    try {
      const ready = performance.now();
      const result = await client.execute('const two: number = 1 + 1; two', { timeout: KERNEL_TIMEOUT });
      const cell = performance.now();
      const [output] = result.outputs;
      const shown = output?.output_type === 'execute_result' ? String(output.data['text/plain']) : '';
      if (!shown.includes('2')) throw new Error(`a cell with 1 + 1 gave ${JSON.stringify(result.reply)}`);
      const text = `ready in ${Math.round(ready - start)} ms, first cell in ${Math.round(cell - ready)} ms`;
      return [{ topic, status: 'ok', text }];
    } finally {
      await client.shutdown();
    }
  } catch (error) {
    const fix = `${commandName(program)} console`;
    return [{ topic, status: 'problem', text: errorLine(error), fix }];
  }
}
