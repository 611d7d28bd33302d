import { test } from 'vitest';
import { dice, tversky } from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

// Keras losses_test.py, DiceTest and TverskyTest.
const VALUES = [
  [
    [1, 2],
    [1, 2],
  ],
  [
    [4, 1],
    [6, 1],
  ],
] as const;
const MASK = [
  [1, 0, 1, 0],
  [0, 1, 0, 1],
  [1, 0, 1, 0],
  [0, 1, 0, 1],
];
const PREDICTED = [
  [0, 1, 0, 1],
  [1, 0, 1, 1],
  [0, 1, 0, 1],
  [1, 0, 1, 1],
];
// [2 samples, 2 rows, 2 columns, 1 channel]
const MASKS = [
  [
    [[1], [1]],
    [[0], [0]],
  ],
  [
    [[1], [1]],
    [[0], [0]],
  ],
];
const SEGMENTED = [
  [
    [[0], [1]],
    [[0], [1]],
  ],
  [
    [[0.4], [0]],
    [[0], [0.9]],
  ],
];

onBackends('overlap losses', () => {
  test('dice', () => {
    // 1 − 2·14/(6 + 12)
    expectClose(read(dice(...VALUES)), [-0.55555546]);
    expectClose(read(dice(MASK, PREDICTED)), [0.77777773]);
  });

  test('dice of each sample', () => {
    // 1 − 2·1/(2 + 2) and 1 − 2·.4/(2 + 1.3)
    const each = { axis: [1, 2, 3], reduction: 'none' } as const;
    expectClose(read(dice(MASKS, SEGMENTED, each)), [0.5, 0.75757575]);
    expectClose(read(dice(MASKS, SEGMENTED, { axis: [1, 2, 3], sampleWeight: [2, 0] })), [0.5]);
  });

  test('tversky', () => {
    expectClose(read(tversky(...VALUES)), [-0.55555546]);
    // Keras's alpha weighs misses: its (0.2, 0.8) is our (0.8, 0.2).
    expectClose(read(tversky(...VALUES, { alpha: 0.8, beta: 0.2 })), [-0.29629636]);
    expectClose(read(tversky(MASK, PREDICTED, { alpha: 0.8, beta: 0.2 })), [0.7916667]);
    // TP = 1, FP = 0, FN = 1: a miss costs β.
    expectClose(read(tversky([1, 1, 0, 0], [1, 0, 0, 0], { alpha: 0.3, beta: 0.7 })), [1 - 1 / 1.7]);
  });
});
