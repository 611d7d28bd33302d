import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import { disposeTree } from '../../../src/core/tree.ts';
import {
  accumulate,
  addNoise,
  chain,
  type GradientTransformation,
  injectHyperparams,
  lookahead,
  masked,
  type Params,
  partition,
  type State,
  sam,
  scaleByAdam,
  scaleByLearningRate,
  scaleByMuon,
  scaleBySoap,
  scheduleFree,
  trace,
} from '../../../src/transforms/index.ts';
import { onBackends } from '../support.ts';

const around: readonly [string, (inner: GradientTransformation) => GradientTransformation][] = [
  ['accumulate', (inner) => accumulate({ steps: 2 }, inner)],
  ['chain', (inner) => chain(trace(), inner, trace())],
  ['injectHyperparams', (inner) => injectHyperparams(() => inner, { rate: 1 })],
  ['lookahead', (inner) => lookahead(inner)],
  ['masked', (inner) => masked(inner, () => true)],
  [
    'partition',
    (inner) => partition({ first: trace(), all: inner }, (path) => (path === 'a' ? 'first' : 'all')),
  ],
  ['sam', (inner) => sam(inner)],
  ['scheduleFree', (inner) => scheduleFree(inner, { learningRate: 0.1 })],
];

const TRANSFORMS: readonly [string, () => GradientTransformation][] = [
  ...around.map(([name, wrap]): [string, () => GradientTransformation] => [name, () => wrap(trace())]),
  ['addNoise', () => addNoise()],
  ['scaleByAdam', () => scaleByAdam()],
  ['scaleByLearningRate', () => scaleByLearningRate(0.1)],
  ['scaleBySoap', () => scaleBySoap()],
  ['trace', () => trace()],
];

onBackends('the state of a transform', () => {
  test.each(TRANSFORMS)('%s: update says what is no state of it, and leaks nothing', (name, make) => {
    const params = { a: tf.ones([2, 2]), b: tf.ones([2, 2]) };
    const transform = make();
    const before = tf.memory().numTensors;
    for (const state of [undefined, null, 3, {}, [], { another: 1 }] as unknown as State[]) {
      const update = (): unknown => transform.update(params, state, params);
      expect(update).toThrow(ArgumentError);
      expect(update).toThrow(`${name}: state must be what init or the update before returned`);
    }
    expect(tf.memory().numTensors).toBe(before);
    disposeTree(params);
  });

  test.each(around)('%s: leaks nothing where the transform within rejects the parameters', (_, wrap) => {
    const params = { a: tf.ones([2, 2]), b: tf.ones([2]) };
    const transform = wrap(scaleByMuon());
    const before = tf.memory().numTensors;
    expect(() => transform.init(params)).toThrow('scaleByMuon: params must be of rank 2 or more');
    expect(() => transform.init({ a: 3 } as unknown as Params)).toThrow('must be a tensor; received 3');
    expect(tf.memory().numTensors).toBe(before);
    disposeTree(params);
  });
});
