import { expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { displaySymbol } from '../../../src/display/types.ts';
import { summary, tensorBoard } from '../../../src/training/index.ts';

it('summary counts parameters, and shows itself', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3], name: 'first', trainable: false }),
      tf.layers.batchNormalization({ name: 'normal' }),
      tf.layers.dense({ units: 2, name: 'last' }),
    ],
  });
  const found = summary(model);
  // 3·4 + 4 frozen; γ and β of 4, their two moving means; 4·2 + 2.
  expect([found.total, found.trainable, found.nonTrainable]).toEqual([42, 18, 24]);
  expect(found.layers.map(({ name, parameters }) => [name, parameters])).toEqual([
    ['first', 16],
    ['normal', 16],
    ['last', 10],
  ]);
  expect(String(found)).toMatch(/first.*Dense.*\[null, 4\]/);
  expect(found[displaySymbol]()).toMatchObject({ 'text/html': expect.stringContaining('<table') });
  expect(() => summary({} as never)).toThrow(/^summary: model must be a tf.LayersModel/);
  model.dispose();
});

it('tensorBoard says what it needs', () => {
  expect(() => tensorBoard('out/logs')).toThrow(
    /tf.node.tensorBoard needs native TensorFlow.*descent tensorflow install/,
  );
  expect(() => tensorBoard('out/logs', { updateFreq: 'step' as never })).toThrow(/updateFreq/);
});
