import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { disposeTree } from '../../../src/core/tree.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import {
  accumulate,
  addNoise,
  averageWeights,
  chain,
  evaluationParams,
  type GradientTransformation,
  globalNorm,
  lookahead,
  sam,
  scale,
  scaleByAdam,
  scaleByLearningRate,
  scheduleFree,
  trace,
} from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read, variable } from '../support.ts';

/** The course of one number that a transform takes for these gradients: what is trained, and what is evaluated. */
function course(
  transform: GradientTransformation,
  start: number,
  gradientsAt: readonly (number | ((w: number) => number))[],
): { trained: number[]; evaluated: number[] } {
  const [trained, evaluated]: number[][] = [[], []];
  tf.tidy(() => {
    let w: tf.Tensor = tf.tensor1d([start]);
    let state = transform.init({ w });
    for (const gradient of gradientsAt) {
      const value = w.dataSync()[0]!;
      const g = tf.tensor1d([typeof gradient === 'number' ? gradient : gradient(value)]);
      const step = transform.update({ w: g }, state, { w });
      w = tf.add(w, (step.updates as { w: tf.Tensor }).w);
      state = step.state;
      trained!.push(w.dataSync()[0]!);
      evaluated!.push(evaluationParams(transform, state, { w }).w.dataSync()[0]!);
    }
  });
  return { trained: trained!, evaluated: evaluated! };
}

onBackends('averages of weights', () => {
  test('averageWeights begins with the first weights', () => {
    const transform = chain(scaleByLearningRate(1), averageWeights(0.5));
    const { trained, evaluated } = course(transform, 10, [1, 2, 4]);
    expectClose(trained, [9, 7, 3]);
    // 9, (9 + 7)/2, (8 + 3)/2
    expectClose(evaluated, [9, 8, 5.5]);
  });

  test('lookahead goes back to the slow weights', () => {
    const transform = lookahead(scaleByLearningRate(1), { syncPeriod: 2, slowStep: 0.25 });
    const { trained, evaluated } = course(transform, 8, [1, 3, 2, 2]);
    // 8 → 7 → 4, slow 8 + (4 − 8)/4 = 7; 7 → 5 → 3, slow 7 + (3 − 7)/4 = 6
    expectClose(trained, [7, 7, 5, 6]);
    expectClose(evaluated, [8, 7, 7, 6]);
  });

  test('sam takes its gradient uphill, and evaluates without the move', () => {
    const transform = sam(scaleByLearningRate(0.5), { rho: 0.1 });
    const square = (w: number): number => 2 * w;
    const { trained, evaluated } = course(transform, 1, [square, square]);
    // 1 → 1.1, there the gradient 2.2: 1 − 0.5·2.2
    expectClose(trained, [1.1, -0.1]);
    expectClose(evaluated, [1, -0.1]);
  });

  test('sam does both passes in one step of minimize', () => {
    const w = variable([1]);
    const optimizer = optimizers.sam(optimizers.sgd({ learningRate: 0.5 }), { rho: 0.1 });
    expect(optimizer.gradientPasses).toBe(2);
    const cost = optimizer.minimize(() => w.square().sum() as tf.Scalar, true)!;
    expect(cost.dataSync()[0]).toBe(1);
    expectClose([...w.dataSync()], [-0.1]);
    for (const used of [cost, w, optimizer]) used.dispose();
  });

  test('scheduleFree trains y and evaluates x', () => {
    const transform = scheduleFree(scaleByLearningRate(0.5), { beta1: 0.5 });
    const { trained, evaluated } = course(transform, 4, [2, 2]);
    // z: 4 → 3 → 2; x: 3, then (3 + 2)/2; y = (x + z)/2
    expectClose(evaluated, [3, 2.5]);
    expectClose(trained, [3, 2.25]);
  });

  test('other transforms evaluate what they train', () => {
    const { trained, evaluated } = course(chain(trace(), scale(-0.1)), 1, [1, 1]);
    expect(evaluated).toEqual(trained);
  });

  test.each([
    ['lookahead', () => optimizers.lookahead(optimizers.sgd({ learningRate: 1 }), { syncPeriod: 3 }), 8],
    ['useEma', () => optimizers.sgd({ learningRate: 1, useEma: true, emaMomentum: 0.5 }), 5.5],
  ])('withEvaluationWeights of %s, and back, also after an error', async (_, make, expected) => {
    const w = variable([8]);
    const optimizer = make();
    expect(optimizer.withEvaluationWeights(() => w.dataSync()[0])).toBe(8);
    for (const gradient of [1, 4]) {
      const g = tf.tensor1d([gradient]);
      optimizer.applyGradients({ [w.name]: g });
      g.dispose();
    }
    const now = (): number => w.dataSync()[0]!;
    expect(now()).toBe(3);
    expect(optimizer.withEvaluationWeights(now)).toBeCloseTo(expected === 5.5 ? 5 : expected, 5);
    expect(now()).toBe(3);
    await optimizer.withEvaluationWeights(async () => {
      await Promise.resolve();
      expect(now()).not.toBe(3);
    });
    expect(() =>
      optimizer.withEvaluationWeights(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    await expect(optimizer.withEvaluationWeights(() => Promise.reject(new Error('later')))).rejects.toThrow(
      'later',
    );
    expect(now()).toBe(3);
    for (const used of [w, optimizer]) used.dispose();
  });
});

onBackends('evaluation weights', () => {
  test('are there after a state was loaded, also where a variable is gone', () => {
    const [kept, gone] = [variable([8]), variable([1])];
    const make = (): optimizers.Optimizer =>
      optimizers.sgd({ learningRate: 1, useEma: true, emaMomentum: 0.5 });
    const [first, second] = [make(), make()];
    for (const gradient of [1, 4]) {
      const g = tf.tensor1d([gradient]);
      first.applyGradients({ [kept.name]: g, [gone.name]: g });
      g.dispose();
    }
    gone.dispose();
    second.setState(structuredClone(first.getState()));
    // The mean of 7 and 3.
    expect(second.withEvaluationWeights(() => kept.dataSync()[0])).toBeCloseTo(5, 5);
    for (const used of [kept, first, second]) used.dispose();
  });
});

onBackends('accumulate', () => {
  test('gives the mean of the gradients every few steps, zeros between', () => {
    const { trained } = course(accumulate({ steps: 3 }, scaleByLearningRate(1)), 0, [1, 2, 6, 4, 4, 4]);
    expectClose(trained, [0, 0, -3, -3, -3, -7]);
  });

  test('the state within advances with the updates only', () => {
    const { trained } = course(accumulate({ steps: 2 }, chain(scaleByAdam(), scale(-1))), 0, [1, 3, 2, 2]);
    const whole = course(chain(scaleByAdam(), scale(-1)), 0, [2, 2]);
    expectClose([trained[1]!, trained[3]!], whole.trained);
  });
});

onBackends('addNoise', () => {
  const draw = (seed: number, steps: number): number[] =>
    tf.tidy(() => {
      const transform = addNoise({ eta: 4, gamma: 1, seed });
      const grads = { a: tf.zeros([500]), b: tf.zeros([500]) };
      let state = transform.init(grads);
      let values: number[] = [];
      for (let i = 0; i < steps; i++) {
        const step = transform.update(grads, state);
        state = step.state;
        const { a, b } = step.updates as Record<string, tf.Tensor>;
        values = [...a!.dataSync(), ...b!.dataSync()];
      }
      return values;
    });
  const deviation = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

  test('is seeded, differs from step to step and from tensor to tensor, and falls', () => {
    expect(draw(1, 1)).toEqual(draw(1, 1));
    expect(draw(1, 1)).not.toEqual(draw(2, 1));
    const first = draw(1, 1);
    expect(first.slice(0, 500)).not.toEqual(first.slice(500));
    // √4 and √(4/4), of a thousand draws.
    expect(deviation(first)).toBeCloseTo(2, 0);
    expect(Math.abs(deviation(first) - 2)).toBeLessThan(0.2);
    expect(Math.abs(deviation(draw(1, 4)) - 1)).toBeLessThan(0.1);
  });
});

onBackends('addNoise in another model', () => {
  test('draws the same for variables of other names', () => {
    const draw = (name: string): ArrayLike<number> =>
      tf.tidy(() => {
        const transform = addNoise({ seed: 3 });
        const grads = { [`${name}/kernel`]: tf.zeros([4]), [`${name}/bias`]: tf.zeros([2]) };
        const { updates } = transform.update(grads, transform.init(grads));
        return tf.concat(Object.values(updates as Record<string, tf.Tensor>)).dataSync();
      });
    expect(draw('dense_Dense3')).toEqual(draw('dense_Dense1'));
  });
});

onBackends('globalNorm', () => {
  test('is that of all elements of a tree', () => {
    const tree = {
      w: tf.tensor2d([
        [3, 0],
        [0, 4],
      ]),
      b: [tf.tensor1d([12])],
    };
    expect(read(globalNorm(tree))).toEqual([13]);
    expect(read(globalNorm({}))).toEqual([0]);
    disposeTree(tree);
  });
});

onBackends('errors', () => {
  test.each([
    ['lookahead', lookahead(trace())],
    ['sam', sam(trace())],
    ['scheduleFree', scheduleFree(scaleByLearningRate(1))],
    ['averageWeights', averageWeights(0.9)],
  ])('%s says that it needs the parameters', (name, transform) => {
    const grads = { w: tf.tensor1d([1]) };
    const state = transform.init(grads);
    expect(() => transform.update(grads, state as never)).toThrow(
      `${name}: params must be given to update, as its third argument; received undefined`,
    );
    disposeTree(state as never);
    tf.dispose(grads);
  });

  test('scheduleFree needs a rate', () => {
    expect(() => scheduleFree(trace())).toThrow('scheduleFree: learningRate must be given');
  });
});
