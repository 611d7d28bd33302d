import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { ExecuteResult } from '../../../kernel/client/execution.ts';
import { kernels } from '../support/kernels.ts';
import { runShown, type Shown } from '../support/shown.ts';

const { start } = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await start();
  expect((await client.execute(SET_UP)).error).toBeUndefined();
});

const run = (code: string, seen?: (shown: Shown) => void): Promise<[Shown[], ExecuteResult]> =>
  runShown(client, code, seen);

const VEGA = 'application/vnd.vegalite.v5+json';

const SET_UP = `
  const x = tf.randomNormal([64, 8], 0, 1, 'float32', 1);
  const y = tf.tidy(() => x.sum(1, true));
  const make = () => {
    const model = tf.sequential({ layers: [
      tf.layers.dense({ units: 8, inputShape: [8], activation: 'tanh' }), tf.layers.dense({ units: 1 }),
    ] });
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    return model;
  };
  let model = make();`;

describe('training.fit', () => {
  it('shows a bar and a chart while it trains, and its history as the result', async () => {
    const code = 'await training.fit(model, [x, y], { epochs: 4, validation: 0.25, seed: 1 })';
    const [shown, { error, outputs }] = await run(code);
    expect(error).toBeUndefined();
    const [bar, chart] = [...new Set(shown.map(({ id }) => id))].map((id) =>
      shown.filter((one) => one.id === id),
    );
    expect(bar![0]!.keys).toEqual(['text/html', 'text/plain']);
    expect(bar!.at(-1)!.text).toMatch(/^epoch 4\/4 · loss [\d.]+ · val_loss [\d.]+: 100%.*8\/8/);
    expect(chart!.at(-1)!.keys).toContain(VEGA);
    expect(chart!.at(-1)!.text).toMatch(/loss.*val_loss/s);
    // The bar, the chart and the history.
    expect(outputs).toHaveLength(3);
    const [quiet] = await run('await training.fit(model, [x, y], { progress: false }); 1');
    expect(quiet).toEqual([]);
  });

  it('that is interrupted leaves a model that can be used and trained, and no tensors', async () => {
    for (const options of [
      '',
      'callbacks: { onStepEnd: () => new Promise((resolve) => setTimeout(resolve, 1)) },',
    ]) {
      await run('model.dispose(); model = make(); var before = tf.memory().numTensors;');
      let isAsked = false;
      const code = `await training.fit(model, [x, y], { ${options} epochs: 1e6, batchSize: 16 })`;
      const [shown, { error }] = await run(code, ({ type }) => {
        if (type === 'display_data' || isAsked) return;
        isAsked = true;
        void client.interrupt();
      });
      expect(error?.ename).toContain('Interrupt');
      expect(shown.some(({ text }) => / stopped$/.test(text))).toBe(true);
      const after = `const finite = tf.tidy(() => model.predict(x).isFinite().all().dataSync()[0] === 1);
        const own = Object.hasOwn(model.optimizer, 'applyGradients') || /source/.test(String(Math.random));
        const history = await training.fit(model, [x, y], { epochs: 2, progress: false });
        console.log(finite, own, history.epoch.length, model.optimizer.iterations > 4);`;
      const [, ended] = await run(after);
      expect(ended.error).toBeUndefined();
      expect(JSON.stringify(ended.outputs)).toContain('true false 2 true');
      // An interrupt may come between a tensor and what takes note of it; it never costs a batch or gradients.
      const [, left] = await run('console.log(tf.memory().numTensors - before)');
      expect(Number(/(\d+)\\n/.exec(JSON.stringify(left.outputs))![1])).toBeLessThanOrEqual(2);
    }
  });

  it('stops at a loss that is not finite with an error that names the layer', async () => {
    const [, { error }] = await run(
      'await training.fit(make(), [x, y.mul(NaN)], { epochs: 3, progress: false })',
    );
    expect(error?.ename).toBe('NonFiniteError');
    expect(error?.evalue).toMatch(/^fit: the loss is NaN at step 1 \(epoch 1 of 3\): .*the targets/);
  });
});
