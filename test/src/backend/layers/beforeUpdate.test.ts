import { beforeEach, expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { trainStep } from '../../../../src/backend/layers/steps.ts';
import { sgd } from '../../../../src/optimizers/index.ts';
import { graphOf } from '../../../../src/training/batch.ts';
import { onBackends } from '../../support.ts';

let model: tf.Sequential;
let x: tf.Tensor;
let y: tf.Tensor;

const numbers = (one: tf.Tensor): number[] => Array.from(one.dataSync());

function setUp(optimizer: tf.Optimizer): void {
  model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones', useBias: false })],
  });
  model.compile({ optimizer, loss: 'meanSquaredError' });
  x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  y = tf.tensor2d([0, 0], [2, 1]);
}

function tearDown(): void {
  const { optimizer } = model;
  model.dispose();
  optimizer.dispose();
  tf.dispose([x, y]);
}

onBackends('what comes before an update', () => {
  let met: { loss: number; gradients: Record<string, number[]> }[];
  beforeEach(() => {
    met = [];
  });
  const meet = (loss: number, gradients: Readonly<Record<string, tf.Tensor>>): void => {
    const values = Object.entries(gradients).map(([name, one]): [string, number[]] => [name, numbers(one)]);
    met.push({ loss, gradients: Object.fromEntries(values) });
  };

  it.each([
    ['tfjs', () => tf.train.sgd(0.1)],
    ['the toolkit', () => sgd({ learningRate: 0.1 })],
  ] as const)('is told of the loss and the gradients of an optimizer of %s', (_, make) => {
    setUp(make() as tf.Optimizer);
    tf.dispose(trainStep(graphOf(model), [x, y], meet));
    // Predictions 3 and 7: the loss is (9 + 49)/2, its gradient 2/2·(3·[1, 2] + 7·[3, 4]).
    expect(met).toEqual([{ loss: 29, gradients: { [model.weights[0]!.name]: [24, 34] } }]);
    expect(numbers(model.getWeights()[0]!).map((one) => Math.round(one * 1e4) / 1e4)).toEqual([-1.4, -2.4]);
    tf.dispose(trainStep(graphOf(model), [x, y]));
    expect(met).toHaveLength(1);
    tearDown();
  });

  it('may end the step, which leaves the weights and the optimizer as they were', () => {
    const optimizer = tf.train.adam(0.1);
    setUp(optimizer);
    const stop = (): void => {
      throw new Error('enough');
    };
    for (let i = 0; i < 2; i++) {
      expect(() => tf.tidy(() => void trainStep(graphOf(model), [x, y], stop))).toThrow('enough');
    }
    expect(numbers(model.getWeights()[0]!)).toEqual([1, 1]);
    expect(optimizer.iterations).toBe(0);
    expect(Object.hasOwn(optimizer, 'applyGradients')).toBe(false);
    tearDown();
  });
});
