import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { disposeTree } from '../../../src/core/tree.ts';
import {
  type GradientTransformation,
  type Params,
  scaleByFactoredRms,
  scaleByMuon,
  scaleByShampoo,
  scaleBySoap,
} from '../../../src/transforms/index.ts';
import { expectClose, onBackends } from '../support.ts';

const TRANSFORMS: readonly [string, () => GradientTransformation][] = [
  ['scaleByFactoredRms', () => scaleByFactoredRms({ minDimSizeToFactor: 2 })],
  ['scaleByMuon', () => scaleByMuon()],
  ['scaleByShampoo', () => scaleByShampoo({ maxPreconditionerDim: 2 })],
  ['scaleBySoap', () => scaleBySoap({ preconditionFrequency: 1 })],
];

const tree = (): Params => ({
  layers: [{ kernel: tf.tensor2d([1, 2, 3, 4, 5, 7], [2, 3]) }],
  last: tf.tensor2d([1, -2, 0.5, 1], [2, 2]),
});

/** Every number of a tree, and frees it. */
function numbers(params: Params): number[] {
  const { layers, last } = params as { layers: [{ kernel: tf.Tensor }]; last: tf.Tensor };
  const all = [...layers[0].kernel.dataSync(), ...last.dataSync()];
  disposeTree(params);
  return all;
}

onBackends('transforms of whole tensors', () => {
  test.each(TRANSFORMS)('%s: a state holds tensors of its own', (_, make) => {
    const grads = tree();
    const transform = make();
    const first = transform.init(grads);
    const a = transform.update(grads, first);
    const again = transform.update(grads, first);
    expect(numbers(a.updates)).toEqual(numbers(again.updates));
    disposeTree(first);
    disposeTree(again.state);
    const b = transform.update(grads, a.state);
    disposeTree(a.state);
    const c = transform.update(grads, b.state);
    disposeTree(b.state);
    disposeTree(grads);
    for (const value of [...numbers(b.updates), ...numbers(c.updates)]) expect(value).not.toBeNaN();
    disposeTree(c.state);
  });

  test.each(TRANSFORMS)('%s: rejects gradients of another structure or shape', (name, make) => {
    const params = tree();
    const { layers, last } = params as { layers: Params[]; last: tf.Tensor };
    const transform = make();
    const state = transform.init(params);
    const before = tf.memory().numTensors;
    expect(() => transform.update({ layers }, state)).toThrow(`${name}: state.`);
    expect(() => transform.update({ layers: [...layers, last], last }, state)).toThrow(
      'a list of 2, as grads is',
    );
    const wide = tf.zeros([2, 3]);
    expect(() => transform.update({ layers, last: wide }, state)).toThrow(
      /state\.\w+\.last must be .* grads\.last/,
    );
    expect(() => transform.update({ layers, last: wide }, state, params)).toThrow(
      `${name}: grads.last must be of the shape of params.last, [2,2]; received [2,3]`,
    );
    expect(() => transform.update({ layers, last: [3] } as unknown as Params, state)).toThrow(
      `${name}: grads.last[0] must be a tensor; received 3`,
    );
    wide.dispose();
    expect(tf.memory().numTensors).toBe(before);
    disposeTree([params, state] as Params);
  });

  test.each(TRANSFORMS)('%s: leaves a tensor without entries as it is', (_, make) => {
    const params = { none: tf.zeros([0, 3]), no: tf.zeros([2, 0, 2]), some: tf.ones([2, 2]) };
    const transform = make();
    let state = transform.init(params);
    for (let step = 0; step < 3; step++) {
      const next = transform.update(params, state, params);
      const { none, no } = next.updates as typeof params;
      expect([none.shape, no.shape]).toEqual([
        [0, 3],
        [2, 0, 2],
      ]);
      disposeTree([state, next.updates] as Params);
      state = next.state;
    }
    disposeTree([params, state] as Params);
  });

  test('scaleByFactoredRms: names a gradient whose parameter was factored, and it is not', () => {
    const transform = scaleByFactoredRms({ minDimSizeToFactor: 3 });
    const [large, small] = [tf.ones([3, 4]), tf.ones([2, 2])];
    const state = transform.init({ a: large });
    expect(() => transform.update({ a: small }, state)).toThrow(
      'scaleByFactoredRms: state.v.a must be a tensor of the shape of grads.a, [2,2]; received none',
    );
    disposeTree([state, large, small] as Params);
  });

  test.each(TRANSFORMS)('%s: a gradient of NaN does not hide, nor hang', (_, make) => {
    const params = tf.zeros([2, 2]);
    const grads = tf.tensor2d([Number.NaN, 1, 1, 1], [2, 2]);
    const transform = make();
    tf.tidy(() => {
      let state = transform.init(params);
      for (let step = 0; step < 2; step++) {
        const next = transform.update(grads, state);
        state = next.state;
        if (step === 1) expect(Array.from((next.updates as tf.Tensor).dataSync())).toContainEqual(Number.NaN);
      }
    });
    tf.dispose([params, grads]);
  });

  test('scaleByShampoo takes a number for a vector of one entry', () => {
    const g = tf.scalar(4);
    const transform = scaleByShampoo({ epsilon: 1e-9 });
    const state = transform.init(g);
    const next = transform.update(g, state);
    expect((next.updates as tf.Tensor).shape).toEqual([]);
    expectClose(Array.from((next.updates as tf.Tensor).dataSync()), [1]);
    for (const used of [g, state, next.updates, next.state]) disposeTree(used);
  });
});
