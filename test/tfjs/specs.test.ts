// The public specs of tfjs-core, as its npm package has them, on the back ends of src/backend.
// TFJS_BACKENDS names other back ends than all, with spaces between.
import { beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, nativeTensorflow } from '../config/native.ts';
import { exceptions } from './exceptions.ts';
import { judge } from './support/judge.ts';
import { type Outcome, runSpecs } from './support/run.ts';

const backends = process.env.TFJS_BACKENDS?.split(/\s+/) ?? ['cpu', 'wasm', 'tensorflow'];

const passed = (outcomes: readonly Outcome[]): number =>
  outcomes.filter(({ status }) => status === 'passed').length;

describe.each(backends)('the specs of tfjs-core on %s', (name) => {
  beforeAll(async () => {
    if (name === 'tensorflow') process.env.DESCENT_TENSORFLOW ??= (await nativeTensorflow()).folder;
  }, NATIVE_TIMEOUT);

  test('pass, but for those with a reason', { timeout: 400_000 }, async () => {
    const [stock, ours] = await Promise.all([runSpecs('stock', name).then(passed), runSpecs('ours', name)]);
    const verdict = judge(ours, exceptions[name] ?? []);
    console.log(
      `tfjs-core specs on ${name}: ${verdict.passed} passed, ${verdict.excepted} failed (each with a reason), ` +
        `${verdict.notApplicable} not applicable; stock ${name}: ${stock}, ours: ${verdict.passed}`,
    );
    for (const { reason, specs } of exceptions[name] ?? []) console.log(`  ${specs.length} ${reason}`);
    expect(verdict.complaints.join('\n')).toBe('');
    // A bundle without specs has no failures either.
    expect(ours.length).toBeGreaterThan(4000);
  });
});
