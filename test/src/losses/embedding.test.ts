import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { contrastive, ntXent, triplet } from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

onBackends('embedding losses', () => {
  test('triplet', () => {
    const anchor = [
      [0, 0],
      [1, 1],
    ];
    const positive = [
      [3, 4],
      [1, 1],
    ];
    const negative = [
      [0, 2],
      [1, 4],
    ];
    // 5 − 2 + 1, and 0 − 3 + 1 below 0
    expectClose(read(triplet(anchor, positive, negative, { reduction: 'none' })), [4, 0]);
    expectClose(read(triplet(anchor, positive, negative, { margin: 3 })), [(6 + 0) / 2]);
  });

  test('triplet has a finite gradient where anchor and positive coincide', () => {
    const f = (x: tf.Tensor) => triplet(x, [[1, 1]], [[1, 1.5]]);
    const gradient = tf.tidy(() => tf.grad(f)(tf.tensor([[1, 1]])));
    // −d‖a − n‖/da = −(a − n)/‖a − n‖
    expectClose(read(gradient), [0, 1]);
  });

  test('contrastive', () => {
    // d² for a like pair, (1 − d)² for an unlike one within the margin
    expectClose(read(contrastive([1, 0, 0], [0.5, 0.25, 2], { reduction: 'none' })), [0.25, 0.5625, 0]);
  });

  test('ntXent', () => {
    // Each view: e² for its partner, e⁰ twice for the others (similarities 1 and 0 over τ = ½).
    const z = [
      [2, 0],
      [0, 3],
    ];
    const expected = Math.log(1 + 2 * Math.exp(-2));
    expectClose(read(ntXent(z, z)), [expected]);
    expectClose(read(ntXent(z, z, { reduction: 'none' })), [expected, expected, expected, expected]);
    expectClose(read(ntXent(z, z, { temperature: 1 })), [Math.log(1 + 2 * Math.exp(-1))]);
  });

  test('rejects unequal shapes', () => {
    expect(() => triplet([[1, 2]], [[1, 2]], [[1, 2, 3]])).toThrow(
      'triplet: negative must be of the shape of anchor, [1,2]; received [1,3]',
    );
    expect(() => ntXent([1, 2], [1, 2])).toThrow('ntXent: z1 must be of shape [n, d]');
  });
});
