import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import * as regularizers from '../../../src/regularizers/index.ts';
import { chain, masked, scaleByLearningRate } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read, variable } from '../support.ts';

const { proximal } = regularizers;

onBackends('proximal operators', () => {
  it.each([
    [() => proximal.l1([3, -1, 0.5, -4], 1), [2, 0, 0, -3]],
    [() => proximal.l1([3, -1], { l1: 2 }), [1, 0]],
    [() => proximal.l2([3, -1], 0.5), [1.5, -0.5]],
    [() => proximal.elasticNet([3, -1], { l1: 1, l2: 0.5 }), [1, 0]],
    // Norms 5 and 0.1·√2, each less λ·√2.
    [
      () =>
        proximal.group(
          [
            [3, 0.1],
            [4, 0.1],
          ],
          1,
        ),
      [3 * (1 - Math.SQRT2 / 5), 0, 4 * (1 - Math.SQRT2 / 5), 0],
    ],
    [() => proximal.group([[0, 0]], { factor: 1, axis: 1 }), [0, 0]],
    [() => proximal.nonNegative([1, -2]), [1, 0]],
    [() => proximal.box([1, -2, 0], { min: -1, max: 0.5 }), [0.5, -1, 0]],
  ])('of one tensor: %#', (call, expected) => {
    expectClose(read(call()), expected);
  });

  it('of trees, for a step size', () => {
    const tree = { a: tf.tensor1d([3, -1]), b: [tf.tensor1d([0.5])] };
    const result = proximal.l1({ l1: 2 })(tree, 0.5);
    expectClose(read(result.a), [2, 0]);
    expectClose(read(result.b[0]!), [0]);
    tf.dispose(tree);
  });

  it('within a wrapper, for some of the weights', () => {
    const sparse = masked(proximal.l1({ l1: 0.5, learningRate: 0.1 }), 'kernel');
    const params = { kernel: tf.tensor1d([3, 0.02]), bias: tf.tensor1d([3]) };
    const zeros = { kernel: tf.zeros([2]), bias: tf.zeros([1]) };
    const { updates } = sparse.update(zeros, sparse.init(params), params);
    const { kernel, bias } = updates as typeof params;
    expectClose([...read(kernel), ...read(bias)], [-0.05, -0.02, 0]);
    tf.dispose([params, zeros]);
  });

  it('after the step of an optimizer', () => {
    const transform = chain(scaleByLearningRate(0.1), proximal.l1({ l1: 0.5, learningRate: 0.1 }));
    const optimizer = optimizers.fromTransform(transform);
    const w = variable([3, 0.02]);
    optimizer.minimize(() => w.square().sum());
    // w − 0.1·2w, and then 0.05 less.
    expectClose(Array.from(w.dataSync()), [2.35, 0]);
    w.dispose();
    optimizer.dispose();
  });
});

describe('the proximal step', () => {
  const pairs = [
    ['l1', proximal.l1({ l1: 0.7 }), regularizers.l1({ l1: 0.7 })],
    ['l2', proximal.l2({ l2: 0.7 }), regularizers.l2({ l2: 0.7 })],
    ['elasticNet', proximal.elasticNet({ l1: 0.4, l2: 0.3 }), regularizers.l1l2({ l1: 0.4, l2: 0.3 })],
    ['group', proximal.group({ factor: 0.5 }), regularizers.groupLasso({ factor: 0.5 })],
  ] as const;

  it.each(pairs)('of %s minimises ½‖z − x‖² + η·penalty(z)', (_, operator, { penalty }) => {
    const numbers = fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(numbers, numbers, (values, direction) =>
        tf.tidy(() => {
          const x = tf.tensor2d(values, [3, 2]);
          const objective = (z: tf.Tensor): number =>
            z
              .sub(x)
              .square()
              .sum()
              .mul(0.5)
              .add(penalty([z]).mul(0.6))
              .dataSync()[0]!;
          const [z] = operator([x], 0.6);
          const aside = z!.add(tf.tensor2d(direction, [3, 2]).mul(0.05));
          expect(objective(z!)).toBeLessThanOrEqual(objective(aside) + 1e-5);
        }),
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    [() => proximal.l1({ l1: -1 }), 'l1: l1 must be a finite number of at least 0; received -1'],
    [() => proximal.l1([1], { l2: 1 } as never), "l1: options must be among 'l1'; received 'l2'"],
    [
      () => proximal.l1({ l1: 1, learningRate: -1 }),
      'l1: learningRate must be a finite number of at least 0',
    ],
    [
      () => proximal.box({ min: 1, max: 0 }),
      'box: min and max must be two finite numbers, the smaller first',
    ],
    [() => proximal.l1({ l1: 1 })([], -1), 'l1: stepSize must be a finite number of at least 0; received -1'],
  ])('with arguments that do not fit is an error: %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
