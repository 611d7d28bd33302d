import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import { disposeTree } from '../../../src/core/tree.ts';
import {
  accumulate,
  addDecayedWeights,
  applyUpdates,
  chain,
  type GradientTransformation,
  globalNorm,
  lookahead,
  masked,
  type Params,
  partition,
  sam,
  scaleByAdam,
  scaleByLearningRate,
  trace,
} from '../../../src/transforms/index.ts';
import { expectClose, onBackends } from '../support.ts';

const tree = (w: number[], b: number[]): Params => ({ layer: [tf.tensor1d(w)], b: tf.tensor1d(b) });

const numbers = (params: Params): number[] =>
  tf.tidy(() => {
    const { layer, b } = params as { layer: [tf.Tensor]; b: tf.Tensor };
    return [...layer[0].dataSync(), ...b.dataSync()];
  });

/** The updates of a transform for the same gradients again and again. */
function run(transform: GradientTransformation, grads: Params, steps: number, params?: Params): number[][] {
  return tf.tidy(() => {
    let state = transform.init(grads);
    return Array.from({ length: steps }, () => {
      const next = transform.update(grads, state, params);
      state = next.state;
      return numbers(next.updates);
    });
  });
}

onBackends('transforms', () => {
  test('trace', () => {
    const grads = tree([1, 2], [-1]);
    // 1, 1 + ½, 1 + ½·1.5
    const sums = [1, 1.5, 1.75];
    const expected = sums.flatMap((s) => [s, 2 * s, -s]);
    expectClose(run(trace({ decay: 0.5 }), grads, 3).flat(), expected);
    // g + ½·m
    const ahead = sums.map((s) => 1 + s / 2).flatMap((s) => [s, 2 * s, -s]);
    expectClose(run(trace({ decay: 0.5, nesterov: true }), grads, 3).flat(), ahead);
    disposeTree(grads);
  });

  test('trace names an option that it does not have', () => {
    expect(() => Reflect.apply(trace, undefined, [{ momentum: 0.5 }])).toThrow(
      "trace: options must be among 'decay', 'nesterov'; received 'momentum'",
    );
  });

  test('scaleByLearningRate reads its schedule at 0, 1, 2', () => {
    const grads = tree([1, 2], [-1]);
    expectClose(
      run(
        scaleByLearningRate((step) => step + 1),
        grads,
        2,
      ).flat(),
      [-1, -2, 1, -2, -4, 2],
    );
    disposeTree(grads);
  });

  test('scaleByLearningRate names a rate it cannot use', () => {
    expect(() => scaleByLearningRate(-1)).toThrow(ArgumentError);
    const grads = tree([1], [1]);
    const broken = scaleByLearningRate(() => Number.NaN);
    expect(() => broken.update(grads, { count: 7 })).toThrow(
      'the schedule at step 7 must be a finite number of at least 0; received NaN',
    );
    // A negative rate would climb.
    const rising = scaleByLearningRate((step) => 1 - step);
    expect(() => rising.update(grads, { count: 2 })).toThrow(ArgumentError);
    disposeTree(grads);
  });

  test('addDecayedWeights', () => {
    const grads = tree([1, 2], [-1]);
    const params = tree([10, 20], [30]);
    expectClose(run(addDecayedWeights(0.1), grads, 1, params).flat(), [2, 4, 2]);
    expect(() => run(addDecayedWeights(0.1), grads, 1)).toThrow(
      'addDecayedWeights: params must be given to update, as its third argument; received undefined',
    );
    disposeTree(grads);
    disposeTree(params);
  });

  test('chain passes updates on, left to right, and the learning rate through', () => {
    const grads = tree([1, 2], [-1]);
    const both = chain(trace({ decay: 0.5 }), scaleByLearningRate(0.1));
    expectClose(run(both, grads, 2).flat(), [-0.1, -0.2, 0.1, -0.15, -0.3, 0.15]);
    expect(both).toHaveProperty('learningRate', 0.1);
    expect(Reflect.set(chain(both), 'learningRate', 1)).toBe(true);
    expect(both).toHaveProperty('learningRate', 1);
    expect(chain(trace())).not.toHaveProperty('learningRate');
    disposeTree(grads);
  });

  test('update leaves its arguments alone and shares no tensor between updates and state', () => {
    const grads = tree([1, 2], [-1]);
    const transform = trace({ decay: 0.5 });
    const first = transform.init(grads);
    const { updates, state } = transform.update(grads, first);
    disposeTree(updates);
    disposeTree(first);
    const next = transform.update(grads, state);
    expectClose(numbers(next.updates), [1.5, 3, -1.5]);
    for (const used of [grads, state, next.updates, next.state]) disposeTree(used);
  });

  test('what update returns may be freed apart from what it was given', () => {
    const wrapped: GradientTransformation[] = [
      chain(),
      masked(scaleByAdam(), (path) => path === 'b'),
      partition({ adam: scaleByAdam(), same: chain() }, (path) => (path === 'b' ? 'adam' : 'same')),
      accumulate({ steps: 2 }, scaleByAdam()),
      lookahead(scaleByAdam(), { syncPeriod: 3 }),
      sam(scaleByAdam()),
    ];
    const before = tf.memory().numTensors;
    for (const transform of wrapped) {
      const [params, grads] = [tree([1, 2], [-1]), tree([1, 2], [-1])];
      const expected = run(transform, grads, 4, params);
      let state = transform.init(params);
      for (const updates of expected) {
        const next = transform.update(grads, state, params);
        disposeTree(state);
        expect(numbers(next.updates)).toEqual(updates);
        disposeTree(next.updates);
        state = next.state;
      }
      expect(numbers(grads)).toEqual([1, 2, -1]);
      disposeTree([params, grads]);
      disposeTree(state);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('what is no tensor and no transform is named', () => {
    const wrong = { layer: [[3, 4]] } as unknown as Params;
    expect(() => globalNorm(wrong)).toThrow('globalNorm: tree.layer[0][0] must be a tensor; received 3');
    expect(() => trace().init(wrong)).toThrow('trace.init: params.layer[0][0] must be a tensor; received 3');
    const none = undefined as unknown as Params;
    expect(() => trace().update(wrong, { trace: [] })).toThrow(
      'trace: grads.layer[0][0] must be a tensor; received 3',
    );
    expect(() => trace().update(none, { trace: [] })).toThrow(
      'trace: grads must be a tensor; received undefined',
    );
    expect(() => Reflect.apply(chain, undefined, [trace(), trace])).toThrow(
      'chain: transforms[1] must be a gradient transform, with init and update; received a function',
    );
  });

  test('applyUpdates, trace and addDecayedWeights reject what would be dropped or broadcast', () => {
    // optax raises for another structure, and for shapes that do not broadcast; here none does.
    const params = tree([1, 2], [3]);
    const { layer, b } = params as { layer: Params; b: Params };
    const transforms: [string, (other: Params) => unknown][] = [
      ['applyUpdates: updates', (other) => applyUpdates(params, other)],
      ['trace: state.trace', (other) => trace().update(params, { trace: other })],
      ['addDecayedWeights: params', (other) => addDecayedWeights(0.1).update(params, {}, other)],
    ];
    const wide = tree([1, 2], [3, 4]);
    for (const [name, call] of transforms) {
      expect(() => call({ layer, b, more: b })).toThrow(`${name} must be an object with the keys [layer,b]`);
      expect(() => call({ b })).toThrow(`${name} must be an object with the keys [layer,b]`);
      expect(() => call({ layer: [...(layer as Params[]), b], b })).toThrow(
        `${name}.layer must be a list of 1`,
      );
      expect(() => call(wide)).toThrow(/\.b must be of the shape of \w+\.b, \[1\]; received \[2\]/);
    }
    disposeTree([params, wide]);
  });

  test('applyUpdates adds, tree by tree', () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        const [params, updates] = [tree([a], [b]), tree([c], [d])];
        const sum = applyUpdates(params, updates);
        expectClose(numbers(sum), [a + c, b + d]);
        for (const used of [params, updates, sum]) disposeTree(used);
      }),
      { numRuns: 30 },
    );
  });
});
