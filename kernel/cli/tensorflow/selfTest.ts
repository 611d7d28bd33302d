import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tellingLine } from '../../client/errors.ts';
import { program } from '../../client/program.ts';
import { call } from './call.ts';

const TEST_TIMEOUT = 3 * 60_000;

/** What the test of a build found: src/backend/native/selfTest.ts. */
export interface TestResult {
  problem?: string;
  version: string;
  device: 'cpu' | 'gpu';
  step: number;
  gflops: number;
}

/** Tests a build in a process of its own, which it may end. Throws with what is wrong with it. */
export async function testBuild(folder: string, signal: AbortSignal): Promise<TestResult> {
  const file = join(program().root, 'dist', 'src', 'backend', 'native', 'testProgram.js');
  if (!existsSync(file)) throw new Error(`${file} is missing: build the program first (npm run build)`);
  const { code, stdout, stderr, problem } = await call({
    program: process.execPath,
    args: [file],
    env: { ...process.env, DESCENT_TENSORFLOW: folder, NODE_OPTIONS: '' },
    timeout: TEST_TIMEOUT,
    signal,
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(problem ?? (tellingLine(stderr) || `it ended with ${code}`));
  const result = JSON.parse(line) as TestResult;
  if (result.problem !== undefined) throw new Error(result.problem);
  return result;
}

/** The speed of a build as a line. */
export function speedOf({ step, gflops }: TestResult): string {
  return `${step.toFixed(1)} ms a training step of an MLP (784-64-64-10, batch 32, Adam), ${gflops.toFixed(0)} GFLOP/s in matrix products`;
}
