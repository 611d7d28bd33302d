import { expect, test } from 'vitest';
import {
  binaryCrossentropy,
  binaryFocal,
  categoricalCrossentropy,
  categoricalFocal,
} from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

onBackends('focal losses', () => {
  test('binaryFocal', () => {
    // Keras BinaryFocalCrossentropyTest.test_no_reduction, which weighs no class: alpha null.
    const yTrue = [
      [1, 0],
      [1, 0],
    ];
    const yPred = [
      [0.9, 0.8],
      [0.7, 0.2],
    ];
    const plain = binaryFocal(yTrue, yPred, { alpha: null, reduction: 'none' });
    expectClose(read(plain), [0.515547, 0.020513], 1e-5);
    // The same by hand with α = ¼ for label 1 and ¾ for label 0.
    const term = (p: number, weight: number) => -weight * (1 - p) ** 2 * Math.log(p);
    const expected = [(term(0.9, 0.25) + term(0.2, 0.75)) / 2, (term(0.7, 0.25) + term(0.8, 0.75)) / 2];
    expectClose(read(binaryFocal(yTrue, yPred, { reduction: 'none' })), expected);
  });

  test('binaryFocal from logits', () => {
    // Keras test_unweighted with gamma = 3
    const yTrue = [
      [1, 1, 0],
      [0, 1, 0],
    ];
    const logits = [
      [1.5, -2.7, 2.9],
      [-3.8, 1.2, -4.5],
    ];
    const options = { gamma: 3, alpha: null, fromLogits: true };
    expectClose(read(binaryFocal(yTrue, logits, options)), [0.799], 1e-3);
  });

  test('categoricalFocal', () => {
    // Keras CategoricalFocalCrossentropyTest.test_no_reduction
    const yTrue = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const logits = [
      [8, 1, 1],
      [0, 9, 1],
      [2, 3, 5],
    ];
    const values = read(categoricalFocal(yTrue, logits, { fromLogits: true, reduction: 'none' }));
    const expected = [1.5096224e-9, 2.4136547e-11, 1.0360638e-3];
    values.forEach((value, i) => {
      expect(value / expected[i]!).toBeCloseTo(1, 2);
    });
    // Keras test_label_smoothing
    const smooth = { fromLogits: true, labelSmoothing: 0.1 };
    expectClose(read(categoricalFocal([[1, 0, 0]], [[4.9, -0.5, 2.05]], smooth)), [0.06685], 1e-4);
  });

  test('gamma 0 without alpha is the cross-entropy, at extreme logits too', () => {
    const options = { gamma: 0, alpha: null, fromLogits: true };
    const logits = [1e4, -1e4, 0.3];
    expectClose(
      read(binaryFocal([0, 1, 1], logits, options)),
      read(binaryCrossentropy([0, 1, 1], logits, { fromLogits: true })),
    );
    expectClose(
      read(categoricalFocal([0, 1, 0], logits, options)),
      read(categoricalCrossentropy([0, 1, 0], logits, { fromLogits: true })),
    );
  });

  test('rejects options out of range', () => {
    expect(() => binaryFocal([1], [0.5], { gamma: -1 })).toThrow(
      'binaryFocal: gamma must be a finite number of at least 0; received -1',
    );
    expect(() => categoricalFocal([1], [0.5], { alpha: 2 })).toThrow(
      'alpha must be a finite number in [0, 1]',
    );
  });
});
