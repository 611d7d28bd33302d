import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as losses from '../../../src/losses/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import { uncompiled } from '../backend/compiled/support.ts';
import { expectClose, onBackends } from '../support.ts';

/** A training by `test/reference/losses_in_fit.py`, which says more. */
interface Case {
  readonly loss: string;
  readonly options: object;
  readonly activation: 'linear' | 'sigmoid';
  readonly y: number[];
  readonly weighing: { readonly sampleWeight?: number[]; readonly classWeight?: Record<number, number> };
  readonly history: number[];
  readonly weights: number[];
}

const path = new URL('../../reference/fixtures/losses_in_fit.json', import.meta.url);
const { version, x, kernel, cases } = JSON.parse(readFileSync(path, 'utf8')) as {
  version: string;
  x: number[][];
  kernel: number[][];
  cases: Case[];
};
const byName = new Map(
  Object.entries(losses as unknown as Record<string, (o?: object) => losses.LossFunction>),
);

async function train({ loss: name, options, activation, y, weighing }: Case) {
  const optimizer = sgd({ learningRate: 0.1 });
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], activation })] });
  const [inputs, targets, start, bias] = [tf.tensor(x), tf.tensor(y), tf.tensor(kernel), tf.zeros([3])];
  model.setWeights([start, bias]);
  model.compile({ optimizer, loss: byName.get(name)!(options) });
  const { classWeight, sampleWeight } = weighing;
  const factors = sampleWeight && tf.tensor(sampleWeight);
  const { history } = await model.fit(inputs, targets, {
    epochs: 3,
    batchSize: 4,
    shuffle: false,
    verbose: 0,
    ...(classWeight && { classWeight }),
    ...(factors && { sampleWeight: factors }),
  });
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  tf.dispose([inputs, targets, start, bias, ...(factors ? [factors] : [])]);
  for (const used of [model, optimizer]) used.dispose();
  return { history: history.loss!.map(Number), weights };
}

const title = ({ loss, options, weighing }: Case): string =>
  `${loss}(${JSON.stringify(options)}) with ${Object.keys(weighing)[0] ?? 'no weights'}`;

onBackends(`model.fit weighs losses as ${version} does`, (backend) => {
  test.each(cases.map((one): [string, Case] => [title(one), one]))('%s', async (_, one) => {
    const runs = [await train(one)];
    if (backend === 'wasm') runs.push(await uncompiled(() => train(one)));
    for (const { history, weights } of runs) {
      expectClose(history, one.history, 2e-6);
      expectClose(weights, one.weights, 2e-6);
    }
    expect(one.history[2]).toBeLessThan(one.history[0]!);
  });
});
