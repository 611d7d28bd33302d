import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import * as losses from '../../../src/losses/index.ts';
import {
  adam,
  fromTransform,
  lookahead,
  nadam,
  type Optimizer,
  type OptimizerState,
  sgd,
  yogi,
} from '../../../src/optimizers/index.ts';
import { addDecayedWeights, chain, scaleByLearningRate, trace } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';
import { network, reload, samples, weightsOf } from './contract/models.ts';

const momentum = (): Optimizer => sgd({ learningRate: 0.1, momentum: 0.9 });

/** One step down x² from 3. */
function step(optimizer: Optimizer, x: tf.Variable): void {
  optimizer.minimize(() => x.square().sum() as tf.Scalar, false, [x]);
}

/** The state of `momentum()` after a step. */
function trained(): OptimizerState {
  const [optimizer, x] = [momentum(), variable([3])];
  step(optimizer, x);
  const state = optimizer.getState();
  for (const used of [optimizer, x]) used.dispose();
  return state;
}

onBackends('setState', () => {
  test('continues bitwise from a state that went through JSON', () => {
    const [whole, half, resumed, x, y] = [momentum(), momentum(), momentum(), variable([3]), variable([3])];
    for (let k = 0; k < 4; k++) step(whole, x);
    for (let k = 0; k < 2; k++) step(half, y);
    const state = half.getState();
    resumed.setState(JSON.parse(JSON.stringify(state)) as OptimizerState);
    expect(resumed.getState()).toEqual(state);
    for (let k = 0; k < 2; k++) step(resumed, y);
    expect(y.dataSync()).toEqual(x.dataSync());
    for (const used of [whole, half, resumed, x, y]) used.dispose();
  });

  test('rejects the state of another kind of optimizer, and keeps its own', () => {
    const state = trained();
    const plain = sgd({ learningRate: 0.1 });
    const kind = 'as in a state of this kind of optimizer';
    expect(() => plain.setState(state)).toThrow(
      `setState: state.transform must be a list of 1, ${kind}; received a list of 2`,
    );
    const other = fromTransform(chain(scaleByLearningRate(0.1), trace({ decay: 0.9 })));
    expect(() => other.setState(state)).toThrow(
      `setState: state.transform[0] must be an object with the keys [count], ${kind}; received an object`,
    );
    const unrated = fromTransform(chain(trace(), trace()));
    expect(() => unrated.setState(state)).toThrow('put scaleByLearningRate into it');
    for (const optimizer of [plain, other, unrated]) {
      expect(optimizer.getState()).toMatchObject({ iterations: 0, transform: null });
    }
  });

  test('rejects the state of an optimizer whose tensors are alike', () => {
    const made = [adam(), yogi(), lookahead(adam()), lookahead(nadam())];
    const x = variable([3]);
    for (const optimizer of made) step(optimizer, x);
    const [ofAdam, , ofLookahead] = made.map((optimizer) => optimizer.getState());
    expect(() => made[1]!.setState(ofAdam!)).toThrow(
      'setState: state.optimizer must be "yogi", as the optimizer itself; received "adam"',
    );
    expect(() => made[3]!.setState(JSON.parse(JSON.stringify(ofLookahead)) as OptimizerState)).toThrow(
      'must be "lookahead(nadam)", as the optimizer itself; received "lookahead(adam)"',
    );
    // One that was saved without a name.
    const { optimizer: _, ...unnamed } = ofAdam!;
    made[0]!.setState(unnamed);
    for (const used of [...made, x]) used.dispose();
  });

  test('rejects what is no state', () => {
    const optimizer = momentum();
    const state = trained();
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const cases: [unknown, string][] = [
      [{}, 'setState: state must be what getState returned: iterations, learningRate and transform'],
      [null, 'setState: state must be what getState returned'],
      ['state', 'setState: state must be what getState returned'],
      [
        { ...state, iterations: -1 },
        'setState: state.iterations must be an integer of at least 0; received -1',
      ],
      [{ ...state, learningRate: '1' }, 'setState: state.learningRate must be a finite number of at least 0'],
      [
        { ...state, transform: 'text' },
        'setState: state.transform must be a part of a state as getState gives it',
      ],
      [{ ...state, transform: ['text'] }, 'setState: state.transform[0] must be a part of a state'],
      [{ ...state, transform: undefined }, 'setState: state.transform must be a part of a state'],
      [{ ...state, transform: cycle }, 'must be a part of a state as getState gives it'],
      [
        // NaN is null in JSON.
        {
          ...state,
          transform: [{ trace: { x: { shape: [1], dtype: 'float32', values: [null] } } }, { count: 1 }],
        },
        'setState: state.transform[0].trace.x must be a tensor as getState gives it: 1 numbers of shape [1]',
      ],
      [
        {
          ...state,
          transform: [{ trace: { x: { shape: [3], dtype: 'float32', values: [1] } } }, { count: 1 }],
        },
        'state.transform[0].trace.x must be a tensor as getState gives it: 3 numbers of shape [3]; received 1 values',
      ],
      [
        {
          ...state,
          transform: [{ trace: { x: { shape: [-1, -2], dtype: 'float32', values: [1, 2] } } }, { count: 1 }],
        },
        'setState: state.transform[0].trace.x.shape must be a list of integers of at least 0; received [-1,-2]',
      ],
    ];
    for (const [wrong, message] of cases) {
      const set = () => optimizer.setState(wrong as OptimizerState);
      expect(set).toThrow(ArgumentError);
      expect(set).toThrow(message);
    }
    expect(optimizer.getState().transform).toBeNull();
  });
});

onBackends('setWeights', () => {
  test('rejects the weights of another kind of optimizer', async () => {
    const [optimizer, x] = [momentum(), variable([3])];
    step(optimizer, x);
    const weights = await optimizer.getWeights();
    await expect(sgd().setWeights(weights)).rejects.toThrow(
      'setWeights: state.transform must be a list of 1',
    );
    await expect(momentum().setWeights([])).rejects.toThrow('with iter first; received none');
    const foreign = weights.map(({ tensor }, i) => ({ name: i === 0 ? 'iter' : `x/m${i}`, tensor }));
    await expect(momentum().setWeights(foreign)).rejects.toThrow(
      'setWeights: weights must be named as getWeights of this kind of optimizer names them; received "x/m1"',
    );
    tf.dispose(weights.map(({ tensor }) => tensor));
    for (const used of [optimizer, x]) used.dispose();
  });

  test('brings parts of a state back that hold nothing, also at its end', async () => {
    const make = () => fromTransform(chain(trace(), scaleByLearningRate(0.1), addDecayedWeights(0.1)));
    const [first, second, x] = [make(), make(), variable([3])];
    step(first, x);
    const weights = await first.getWeights();
    await second.setWeights(weights);
    expect(second.getState()).toEqual(first.getState());
    tf.dispose(weights.map(({ tensor }) => tensor));
    for (const used of [first, second, x]) used.dispose();
  });
});

onBackends('a model saved with its optimizer', () => {
  const once = { epochs: 1, batchSize: 3, shuffle: false, verbose: 0 } as const;

  test.each([
    ['momentum', momentum, losses.meanSquaredError],
    [
      'every option',
      () => sgd({ learningRate: 0.05, momentum: 0.8, nesterov: true, weightDecay: 0.01 }),
      losses.huber,
    ],
    ['a loss of tfjs', momentum, 'meanSquaredError'],
    [
      'a loss with options',
      momentum,
      losses.huber({ delta: 0.3, sampleWeight: new Float32Array([1, 2, 0.5]) }),
    ],
  ] as const)('is loaded and trains on as it would have: %s', async (_, create, loss) => {
    const [x, y] = samples();
    const [model, optimizer] = [network(), create()];
    model.compile({ loss, optimizer });
    await model.fit(x, y, { ...once, epochs: 3 });
    // The variables of the first still exist, so that those of the second have other names.
    const loaded = await reload(model);
    expect(loaded.optimizer).toBeInstanceOf(tf.Optimizer);
    expect((loaded.optimizer as Optimizer).learningRate).toBe(optimizer.learningRate);
    expect(loaded.optimizer.iterations).toBe(3);
    for (const trainedOn of [model, loaded]) await trainedOn.fit(x, y, { ...once, epochs: 2 });
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    // And a second time, by way of the loaded model.
    const again = await reload(loaded);
    for (const trainedOn of [model, again]) await trainedOn.fit(x, y, once);
    expect(weightsOf(again)).toEqual(weightsOf(model));
    for (const used of [loaded, again]) {
      used.optimizer.dispose();
      used.dispose();
    }
    for (const used of [x, y, model, optimizer]) used.dispose();
  });

  test('keeps its momentum apart from that of an earlier model with layers of the same names', async () => {
    const [x, y] = samples();
    const named = () =>
      tf.sequential({
        layers: [tf.layers.dense({ units: 2, inputShape: [2], name: 'only', kernelInitializer: 'zeros' })],
      });
    const [earlier, model, optimizer] = [named(), named(), momentum()];
    for (const compiled of [earlier, model]) {
      compiled.compile({ loss: losses.meanSquaredError, optimizer });
      await compiled.fit(x, y, { ...once, epochs: compiled === model ? 3 : 1 });
    }
    const loaded = await reload(model);
    for (const trainedOn of [model, loaded]) await trainedOn.fit(x, y, once);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    loaded.optimizer.dispose();
    for (const used of [x, y, earlier, model, loaded, optimizer]) used.dispose();
  });

  test('a state goes to another model with layers of the same names, set before or after compile', async () => {
    const [x, y] = samples();
    const model = (name: string) =>
      tf.sequential({
        layers: [tf.layers.dense({ units: 2, inputShape: [2], name, kernelInitializer: 'zeros' })],
      });
    const loss = losses.meanSquaredError;
    const [first, optimizer] = [model('one'), momentum()];
    first.compile({ loss, optimizer });
    await first.fit(x, y, { ...once, epochs: 2 });
    const [state, weights] = [optimizer.getState(), first.getWeights().map((w) => w.clone())];
    await first.fit(x, y, { ...once, epochs: 2 });
    for (const isBefore of [true, false]) {
      const [second, resumed] = [model('one'), momentum()];
      if (isBefore) resumed.setState(state);
      second.compile({ loss, optimizer: resumed });
      if (!isBefore) resumed.setState(state);
      second.setWeights(weights);
      await second.fit(x, y, { ...once, epochs: 2 });
      expect(weightsOf(second)).toEqual(weightsOf(first));
      for (const used of [second, resumed]) used.dispose();
    }
    const [other, strange] = [model('other'), momentum()];
    other.compile({ loss, optimizer: strange });
    strange.setState(state);
    await expect(other.trainOnBatch(x, y)).rejects.toThrow(
      /^setState: the state must be that of the variables that are trained, 'other.kernel\S*', .* received one of 'one/,
    );
    for (const used of [x, y, first, optimizer, other, strange, ...weights]) used.dispose();
  });

  test('asks for the learning rate where it was a function', async () => {
    const [x, y] = samples();
    const [model, optimizer] = [network(), sgd({ learningRate: () => 0.1, momentum: 0.5 })];
    model.compile({ loss: losses.meanSquaredError, optimizer });
    await model.fit(x, y, once);
    const loaded = await reload(model);
    const rate = (loaded.optimizer as Optimizer).learningRate as (step: number) => number;
    expect(() => rate(1)).toThrow('set model.optimizer.learningRate before training');
    (loaded.optimizer as Optimizer).learningRate = 0.1;
    for (const trainedOn of [model, loaded]) await trainedOn.fit(x, y, once);
    expectClose(weightsOf(loaded), weightsOf(model), 0);
    loaded.optimizer.dispose();
    for (const used of [x, y, model, loaded, optimizer]) used.dispose();
  });

  test('is not saved at all where it could not be loaded', async () => {
    const model = network();
    const optimizer = fromTransform(scaleByLearningRate(0.1));
    model.compile({ loss: losses.meanSquaredError, optimizer });
    tf.engine().startScope();
    await expect(reload(model)).rejects.toThrow(
      'an optimizer made by fromTransform cannot be saved with a model',
    );
    const mine = (t: tf.Tensor, p: tf.Tensor) => losses.huber(t, p, { delta: 2 });
    model.compile({ loss: mine, optimizer: momentum() });
    await expect(reload(model)).rejects.toThrow(
      'save: the loss mine is no loss of the toolkit or of tfjs by itself',
    );
    const sampleWeight = tf.tensor1d([1, 2, 3]);
    model.compile({ loss: losses.huber({ sampleWeight }), optimizer: momentum() });
    await expect(reload(model)).rejects.toThrow('save: the loss huber has a tensor as sampleWeight');
    tf.engine().endScope();
    for (const used of [model, optimizer]) used.dispose();
  });
});
