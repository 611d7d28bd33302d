import { beforeAll, expect, it } from 'vitest';
import type { KernelClient } from '../../../../kernel/client/client.ts';
import { kernels, plainResultOf } from '../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start({ env: { DESCENT_BACKEND: 'wasm' } });
  await plainResultOf(
    client,
    `const x = tf.randomNormal([64, 32]);
    const y = tf.randomNormal([64, 8]);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 8, inputShape: [32] })] });
    model.compile({ loss: (a, b) => tf.losses.meanSquaredError(a, b), optimizer: 'sgd' });
    const step = training.compileStep(model);
    step(x, y);`,
  );
});

/** Runs a cell that never ends, and interrupts it once it has printed. */
async function interrupted(code: string): Promise<string | undefined> {
  let hasBegun = (): void => {};
  const begun = new Promise<void>((resolve) => {
    hasBegun = resolve;
  });
  const run = client.execute(code, { timeout: 30_000, onOutput: hasBegun });
  await Promise.race([begun, run]);
  await client.interrupt();
  return (await run).error?.ename;
}

it.each([
  ['a compiled step', "delete process.env.DESCENT_COMPILE; console.log('on'); for (;;) step(x, y)"],
  ['an ordinary step', "process.env.DESCENT_COMPILE = 'off'; console.log('on'); for (;;) step(x, y)"],
])('after an interrupt in %s no scope and no tape stays open', async (_name, code) => {
  for (let i = 0; i < 8; i++) {
    expect(await interrupted(code)).toBe('Interrupted');
    const state = `(() => {
      const { scopeStack, gradientDepth, kernelDepth, activeTape } = tf.engine().state;
      const before = tf.memory().numTensors;
      for (let i = 0; i < 20; i++) step(x, y);
      return [scopeStack.length, gradientDepth, kernelDepth, activeTape ?? null, tf.memory().numTensors - before].join();
    })()`;
    expect(await plainResultOf(client, state)).toBe("'0,0,0,,0'");
  }
});

it('a model whose training was interrupted can be trained again', async () => {
  const fit = "for (;;) { await model.fit(x, y, { verbose: 0 }); console.log('on'); }";
  for (let i = 0; i < 3; i++) {
    expect(await interrupted(fit)).toBe('Interrupted');
    const again = '(await model.fit(x, y, { epochs: 2, verbose: 0 })).history.loss.length';
    expect(await plainResultOf(client, again)).toBe('2');
  }
});
