import { expect, it } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { compileStep } from '../../../../src/training/index.ts';
import { expectClose, onBackends } from '../../support.ts';

const norms = (model: tf.LayersModel): number[] =>
  tf.tidy(() => Array.from(model.layers[0]!.getWeights()[0]!.norm(2, 0).dataSync()));

const build = (units: number, options: object): tf.Sequential =>
  tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2], ...options })] });

onBackends('constraints of layers', () => {
  it('hold after each step of fit, and of a compiled step', async () => {
    const model = build(2, {
      kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.5, axis: 0 }),
      kernelInitializer: 'ones',
    });
    const optimizer = tf.train.sgd(0.01);
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[10, 20]])];
    await model.fit(x, y, { epochs: 3, verbose: 0 });
    expectClose(norms(model), [0.5, 0.5]);
    const losses = [1, 2, 3].map(() => compileStep(model)(x, y));
    expectClose(norms(model), [0.5, 0.5]);
    // The bias goes on.
    expect(losses[2]).toBeLessThan(losses[0]!);
    tf.dispose([x, y]);
    model.dispose();
    optimizer.dispose();
  });

  it('leave frozen layers alone', async () => {
    const model = build(1, { kernelConstraint: tf.constraints.unitNorm({ axis: 0 }), name: 'held' });
    const head = tf.sequential({ layers: [model, tf.layers.dense({ units: 1, name: 'head' })] });
    model.trainable = false;
    const before = norms(model);
    const optimizer = tf.train.sgd(0.1);
    head.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[3]])];
    await head.fit(x, y, { epochs: 1, verbose: 0 });
    expect(norms(model)).toEqual(before);
    tf.dispose([x, y]);
    head.dispose();
    optimizer.dispose();
  });
});

onBackends('penalties of layers', () => {
  it('count once for a layer that is used twice', () => {
    const input = tf.input({ shape: [2] });
    const shared = tf.layers.dense({
      units: 2,
      kernelInitializer: 'ones',
      useBias: false,
      kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
    });
    const output = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: output });
    const optimizer = tf.train.sgd(0.1);
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d([[0, 0]]), tf.tensor2d([[0, 0]])];
    const loss = model.evaluate(x, y, { verbose: 0 }) as tf.Scalar;
    expectClose(Array.from(loss.dataSync()), [0.4]);
    tf.dispose([x, y, loss]);
    model.dispose();
    // Each use of a layer holds its weights.
    shared.dispose();
    optimizer.dispose();
  });
});
