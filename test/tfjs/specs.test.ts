// The public specs of tfjs-core, as its npm package has them, on the back ends of src/backend.
// TFJS_BACKENDS names other back ends than all, with spaces between.
import { beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_TIMEOUT, nativeTensorflow } from '../config/native.ts';
import { exceptions } from './exceptions.ts';
import { judge } from './support/judge.ts';
import { type Outcome, runSpecs } from './support/run.ts';

const backends = process.env.TFJS_BACKENDS?.split(/\s+/) ?? ['cpu', 'wasm', 'tensorflow'];

/** The names of the specs that passed; of several with one name all must. */
function passing(outcomes: readonly Outcome[]): Set<string> {
  const others = new Set(outcomes.filter(({ status }) => status !== 'passed').map(({ name }) => name));
  return new Set(outcomes.map(({ name }) => name).filter((name) => !others.has(name)));
}

describe.each(backends)('the specs of tfjs-core on %s', (name) => {
  beforeAll(async () => {
    if (name === 'tensorflow') process.env.DESCENT_TENSORFLOW ??= (await nativeTensorflow()).folder;
  }, NATIVE_TIMEOUT);

  test('pass, but for those with a reason', { timeout: 400_000 }, async () => {
    const [stock, ours] = await Promise.all([runSpecs('stock', name), runSpecs('ours', name)]);
    const verdict = judge(ours, exceptions[name] ?? []);
    const { excepted, notApplicable, needBrowser } = verdict;
    console.log(
      `tfjs-core specs on ${name}: ${verdict.passed} passed, ${excepted} failed (each with a reason), ` +
        `${notApplicable} not applicable (${needBrowser} need a browser, tfjs leaves out the others); ` +
        `stock ${name}: ${stock.filter(({ status }) => status === 'passed').length}, ours: ${verdict.passed}`,
    );
    const stockPasses = passing(stock);
    const mended = [...passing(ours)].filter((spec) => !stockPasses.has(spec));
    console.log(`  ${mended.length} stock wrong, ours right`);
    for (const { reason, specs } of exceptions[name] ?? []) console.log(`  ${specs.length} ${reason}`);
    expect(verdict.complaints.join('\n')).toBe('');
    // A bundle without specs has no failures either.
    expect(ours.length).toBeGreaterThan(4000);
  });
});
