import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { disposeTree } from '../../../src/core/tree.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import {
  chain,
  injectHyperparams,
  scale,
  scaleByLearningRate,
  trace,
} from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read, variable } from '../support.ts';

onBackends('injectHyperparams', () => {
  const updates = (transform: ReturnType<typeof scale>, steps: number): number[] =>
    tf.tidy(() => {
      const grads = { w: tf.tensor1d([1]) };
      let state = transform.init(grads) as never;
      return Array.from({ length: steps }, () => {
        const step = transform.update(grads, state, grads);
        state = step.state as never;
        return (step.updates as { w: tf.Tensor }).w.dataSync()[0]!;
      });
    });

  test('takes schedules, at the step counted from 0', () => {
    const transform = injectHyperparams(({ factor }) => scale(factor), { factor: (step) => step + 1 });
    expect(updates(transform as never, 3)).toEqual([1, 2, 3]);
  });

  test('keeps the state of the transform while its numbers change', () => {
    const transform = injectHyperparams(({ decay }) => trace({ decay }), { decay: (step) => step / 4 });
    // 1, 1 + 1·1/4, 1 + 1.25·2/4
    expectClose(updates(transform as never, 3), [1, 1.25, 1.625]);
  });

  test('numbers may be set between steps, and are checked', () => {
    const transform = injectHyperparams(({ factor }) => scale(factor), { factor: 2 });
    expect(updates(transform as never, 1)).toEqual([2]);
    transform.hyperparams.factor = 5;
    expect(updates(transform as never, 1)).toEqual([5]);
    expect(() => {
      transform.hyperparams.factor = Number.NaN;
    }).toThrow('hyperparams.factor must be a finite number or a function of the step; received NaN');
    expect(() => {
      Reflect.set(transform.hyperparams, 'other', 1);
    }).toThrow("hyperparams must be among 'factor'; received 'other'");
  });

  test('a learning rate among them is that of the optimizer', () => {
    const optimizer = optimizers.fromTransform(
      injectHyperparams(
        ({ learningRate, decay }) => chain(trace({ decay }), scaleByLearningRate(learningRate)),
        {
          learningRate: 0.5,
          decay: 0,
        },
      ),
    );
    const w = variable([4]);
    const step = (): void => {
      const g = tf.tensor1d([1]);
      optimizer.applyGradients({ [w.name]: g });
      g.dispose();
    };
    step();
    optimizer.learningRate = 2;
    step();
    const negative = 'injectHyperparams: hyperparams.learningRate must be a finite number of at least 0';
    expect(() => {
      optimizer.learningRate = -1;
    }).toThrow(negative);
    expect(optimizer.learningRate).toBe(2);
    expect(() => injectHyperparams(({ learningRate }) => scale(learningRate), { learningRate: -1 })).toThrow(
      negative,
    );
    optimizer.dispose();
    expect(read(w)).toEqual([1.5]);
  });

  test('what the transform rejects is said, and nothing is left behind', () => {
    const transform = injectHyperparams(({ decay }) => trace({ decay }), { decay: (step) => step });
    const grads = { w: tf.tensor1d([1]) };
    const state = transform.init(grads);
    const { updates: first, state: next } = transform.update(grads, state);
    expect(() => transform.update(grads, next)).toThrow('trace: decay must be a finite number in [0, 1)');
    for (const tree of [grads, state, first, next]) disposeTree(tree as never);
    expect(() => Reflect.apply(injectHyperparams, undefined, [3, {}])).toThrow('make must be a function');
  });
});
