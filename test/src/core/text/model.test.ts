import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { type AnyModel, lookAtModel, modelText } from '../../../../src/core/text/model.ts';
import { meanSquaredError } from '../../../../src/losses/index.ts';
import { sgd } from '../../../../src/optimizers/index.ts';

const look = (model: unknown): ReturnType<typeof lookAtModel> => lookAtModel(model as AnyModel);
const { layers } = tf;

test('shapes, parameters and what is frozen', () => {
  const model = tf.sequential({
    layers: [
      layers.conv2d({
        inputShape: [8, 8, 3],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
      }),
      layers.batchNormalization(),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 2 }),
    ],
  });
  model.layers[0]!.trainable = false;
  model.compile({ optimizer: sgd(), loss: meanSquaredError });
  const found = look(model);
  expect(found.layers.map(({ className, detail }) => `${className} ${detail}`.trim())).toEqual([
    'Conv2D 4 of 3×3, stride 2, same, relu',
    'BatchNormalization',
    'MaxPooling2D 2×2',
    'Flatten',
    'Dropout 0.5',
    'Dense 2',
  ]);
  expect(found.layers.map(({ shape }) => shape)).toEqual([
    '[null, 4, 4, 4]',
    '[null, 4, 4, 4]',
    '[null, 2, 2, 4]',
    '[null, 16]',
    '[null, 16]',
    '[null, 2]',
  ]);
  // 3·3·3·4 + 4, 4 each of gamma, beta, mean and variance, 16·2 + 2.
  expect(found.layers.map(({ parameters }) => parameters)).toEqual([112, 16, 0, 0, 0, 34]);
  expect(found).toMatchObject({ total: 162, trainable: 8 + 34, isChain: true, isBuilt: true });
  expect(modelText(found)).toContain(
    '162 parameters (648 B): 42 trainable, 120 frozen\ncompiled: sgd, meanSquaredError',
  );
  expect(modelText(found)).toMatch(/│ frozen 112 │/);
});

test('branches say what they take', () => {
  const input = tf.input({ shape: [4], name: 'x' });
  const dense = layers.dense({ units: 4, name: 'dense' }).apply(input) as tf.SymbolicTensor;
  const sum = layers.add({ name: 'sum' }).apply([input, dense]) as tf.SymbolicTensor;
  const found = look(tf.model({ inputs: input, outputs: sum }));
  expect(found.isChain).toBe(false);
  expect(found.layers.map(({ inputs }) => inputs)).toEqual([[], ['x'], ['x', 'dense']]);
});

test('weights that layers share count once, layers of other models not at all', () => {
  const shared = layers.dense({ units: 4, name: 'shared' });
  const input = tf.input({ shape: [4], name: 'in' });
  const once = shared.apply(input) as tf.SymbolicTensor;
  const twice = tf.model({ inputs: input, outputs: shared.apply(once) as tf.SymbolicTensor });
  expect(look(twice)).toMatchObject({ total: 20 });
  const other = tf.input({ shape: [4], name: 'other' });
  const elsewhere = tf.model({ inputs: other, outputs: shared.apply(other) as tf.SymbolicTensor });
  expect(look(elsewhere).layers.map(({ inputs }) => inputs)).toEqual([[], ['other']]);
});

test('models that are not built, empty, nested or recurrent', () => {
  expect(modelText(look(tf.sequential({ name: 'e' })))).toBe(
    "Sequential 'e'\n(no layers)\n0 parameters (0 B)",
  );
  const inner = tf.sequential({ name: 'inner', layers: [layers.dense({ units: 3, inputShape: [4] })] });
  const model = tf.sequential({
    layers: [
      layers.embedding({ inputDim: 10, outputDim: 4, inputLength: 5 }),
      layers.bidirectional({ layer: layers.lstm({ units: 2 }) as never, mergeMode: 'concat' }),
      inner,
    ],
  });
  expect(look(model).layers.map(({ className, detail, shape }) => `${className} ${detail} ${shape}`)).toEqual(
    [
      'Embedding 10 → 4 [null, 5, 4]',
      'Bidirectional LSTM 2, tanh [null, 4]',
      'Sequential of 1 layer [null, 3]',
    ],
  );
});

test('getters that throw leave blanks', () => {
  const broken = {
    name: 'broken',
    layers: [
      {
        name: 'a',
        get outputShape() {
          throw new Error('not built');
        },
        get weights() {
          throw new Error('not built');
        },
        getClassName() {
          throw new Error('no class');
        },
      },
    ],
  };
  expect(look(broken).layers[0]).toMatchObject({ name: 'a', className: 'Object', shape: '?', parameters: 0 });
});
