import * as names from '@tensorflow/tfjs-core/dist/kernel_names.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, nativeTensorflow } from '../../../config/native.ts';
import { cases } from './cases/index.ts';
import { faultOf, truthOf } from './compare.ts';
import { buildProgram, removeProgram, report } from './processes.ts';
import type { Report } from './program.ts';

const BACKENDS = ['cpu', 'wasm', 'tensorflow'] as const;

const reports = new Map<string, Report>();

beforeAll(async () => {
  process.env.DESCENT_TENSORFLOW ??= (await nativeTensorflow()).folder;
  await buildProgram();
  // Two at a time: as many as there are processors.
  const waiting = (
    [
      ['ours', 'cpu'],
      ['ours', 'wasm'],
      ['double', 'cpu'],
      ['ours', 'tensorflow'],
      ['stock', 'cpu'],
      ['stock', 'wasm'],
    ] as const
  ).values();
  const work = async (): Promise<void> => {
    for (const [who, backend] of waiting) reports.set(`${who} ${backend}`, await report(who, backend));
  };
  await Promise.all([work(), work()]);
}, NATIVE_TIMEOUT);

afterAll(removeProgram);

const title = (i: number): string => `${cases[i]!.kernel} ${cases[i]!.title}`;

/** What is wrong with each case; undefined for those that are right. */
function faults(key: string): (string | undefined)[] {
  const cpu = reports.get('ours cpu')!;
  const double = reports.get('double cpu')!;
  const { outcomes } = reports.get(key)!;
  return cases.map((one, i) => {
    const truth = truthOf(one, cpu.outcomes[i]!, double.outcomes[i]!);
    return faultOf(one, outcomes[i]!, truth, cpu.outcomes[i]!.outputs);
  });
}

describe.each(BACKENDS)('every kernel on %s', (backend) => {
  test('is right', (context) => {
    const { failure } = reports.get(`ours ${backend}`)!;
    if (failure && backend === 'tensorflow') context.skip(`it does not start: ${failure}`);
    expect(failure).toBeUndefined();
    const isExcused = (i: number): boolean => backend === 'tensorflow' && cases[i]!.native !== undefined;
    const wrong = faults(`ours ${backend}`).flatMap((fault, i) =>
      fault && !isExcused(i) ? [`${title(i)}: ${fault}`] : [],
    );
    const withGradient = cases.filter(({ gradient }) => gradient).length;
    console.log(
      `${backend}: ${cases.length} cases, ${withGradient} of them with gradients, ${wrong.length} exceptions`,
    );
    const reasons = new Set(
      cases.flatMap(({ native }) => (backend === 'tensorflow' && native ? [native] : [])),
    );
    for (const reason of reasons) {
      console.log(`  ${cases.filter(({ native }) => native === reason).length} not compared: ${reason}`);
    }
    expect(wrong).toEqual([]);
  });

  test('is among the cases', (context) => {
    const { failure, registered, outcomes } = reports.get(`ours ${backend}`)!;
    if (failure) context.skip(`it does not start: ${failure}`);
    const ran = new Set(outcomes.flatMap(({ kernels }) => kernels));
    expect(registered.filter((name) => !ran.has(name))).toEqual([]);
  });
});

test('every name of a kernel has a case', () => {
  const covered = new Set(cases.map(({ kernel }) => kernel));
  for (const { outcomes } of reports.values()) {
    for (const { kernels } of outcomes) for (const kernel of kernels) covered.add(kernel);
  }
  expect(Object.values(names).filter((name) => typeof name === 'string' && !covered.has(name))).toEqual([]);
});

test('no two cases have one title', () => {
  expect(new Set(cases.map((_, i) => title(i))).size).toBe(cases.length);
});

test.each(['cpu', 'wasm'])('stock wrong, ours right on %s', (backend) => {
  const lines = faults(`stock ${backend}`).flatMap((fault, i) => (fault ? [`  ${title(i)}: ${fault}`] : []));
  console.log(
    `stock wrong, ours right on ${backend}: ${lines.length} of ${cases.length}\n${lines.join('\n')}`,
  );
  expect(lines).not.toEqual([]);
});
