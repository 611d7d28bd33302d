import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import {
  chain,
  type GradientTransformation,
  masked,
  type Params,
  partition,
  type Selector,
  scale,
  trace,
} from '../../../src/transforms/index.ts';
import { leavesOf } from '../../../src/transforms/paths.ts';
import { onBackends } from '../support.ts';

const tree = (): Params => ({
  dense: { kernel: tf.tensor1d([1, 2]), bias: tf.tensor1d([3]) },
  out: [tf.tensor1d([4]), { bias: tf.tensor1d([5]) }],
});

/** The first number of each update, by path. */
function update(transform: GradientTransformation): Record<string, number> {
  return tf.tidy(() => {
    const grads = tree();
    const { updates } = transform.update(grads, transform.init(grads), grads);
    return Object.fromEntries(Object.entries(leavesOf(updates)).map(([path, x]) => [path, x.dataSync()[0]!]));
  });
}

onBackends('groups of parameters', () => {
  const SELECTORS: [string, Selector, string[]][] = [
    ['a function', (path) => path.endsWith('bias'), ['dense/bias', 'out/1/bias']],
    ['a path', 'dense/kernel', ['dense/kernel']],
    ['the beginning of a path', 'dense', ['dense/kernel', 'dense/bias']],
    ['a path with an asterisk', '*bias', ['dense/bias', 'out/1/bias']],
    ['a regular expression', /^out/, ['out/0', 'out/1/bias']],
    ['an array', ['out/0', /kernel/], ['dense/kernel', 'out/0']],
    ['part of a name', 'den', []],
  ];

  test.each(SELECTORS)('masked takes %s', (_, selector, chosen) => {
    const plain = { 'dense/kernel': 1, 'dense/bias': 3, 'out/0': 4, 'out/1/bias': 5 };
    const expected = Object.entries(plain).map(([path, value]) => [
      path,
      value * (chosen.includes(path) ? 10 : 1),
    ]);
    expect(update(masked(scale(10), selector))).toEqual(Object.fromEntries(expected));
  });

  test('a function that returns neither true nor false is an error, which says what it returned', () => {
    for (const [result, text] of [
      [undefined, 'undefined'],
      [1, '1'],
      ['bias', '"bias"'],
    ] as const)
      for (const selector of [() => result, ['out', () => result]])
        expect(() => update(masked(scale(10), selector as never))).toThrow(
          `masked: what selector returns for dense/kernel must be true or false; received ${text}`,
        );
    const groups = { all: scale(1) };
    expect(() => update(partition(groups, { all: (() => null) as never }))).toThrow(
      'partition: what labels.all returns for dense/kernel must be true or false; received null',
    );
  });

  test('a layer stands for its weights', () => {
    const layer = tf.layers.dense({ units: 1, inputShape: [2] });
    const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 1 })] });
    const optimizer = optimizers.fromTransform(
      partition(
        { first: optimizers.sgd({ learningRate: 0 }), rest: optimizers.sgd({ learningRate: 1 }) },
        { first: layer, rest: '*' },
      ),
    );
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const before = model.getWeights().map((w) => [...w.dataSync()]);
    const [x, y] = [tf.ones([4, 2]), tf.ones([4, 1])];
    const step = (): Promise<unknown> => model.trainOnBatch(x, y);
    return step().then((loss) => {
      const after = model.getWeights().map((w) => [...w.dataSync()]);
      expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
      expect(after.slice(2)).not.toEqual(before.slice(2));
      tf.dispose([x, y, loss as tf.Tensor]);
      model.dispose();
      optimizer.dispose();
    });
  });

  test('partition gives each group its transform, the first that matches', () => {
    const groups = { ten: scale(10), hundred: scale(100) };
    expect(update(partition(groups, { ten: 'dense', hundred: '*' }))).toEqual({
      'dense/kernel': 10,
      'dense/bias': 30,
      'out/0': 400,
      'out/1/bias': 500,
    });
    expect(update(partition(groups, (path) => (path.includes('bias') ? 'hundred' : 'ten')))).toEqual({
      'dense/kernel': 10,
      'dense/bias': 300,
      'out/0': 40,
      'out/1/bias': 500,
    });
  });

  test('what belongs to no group, and what names none, is an error', () => {
    const groups = { a: scale(1), b: scale(2) };
    expect(() => update(partition(groups, { a: 'dense' }))).toThrow(
      "partition: the group of out/0 must be one of the groups 'a', 'b'; received undefined",
    );
    expect(() => update(partition(groups, () => 'c'))).toThrow('received "c"');
    expect(() => partition(groups, { c: '*' })).toThrow("received 'c'");
    expect(() => partition({}, {})).toThrow(ArgumentError);
    expect(() => Reflect.apply(partition, undefined, [{ a: 3 }, { a: '*' }])).toThrow(
      'partition: groups.a must be a gradient transform',
    );
    expect(() => Reflect.apply(masked, undefined, [scale(1), 3])).toThrow('masked: selector must be a path');
  });

  test('the state holds the tensors of each group by their paths', () => {
    const grads = tree();
    const transform = partition({ a: trace(), b: chain(trace()) }, { a: /kernel/, b: '*' });
    const state = transform.init(grads) as unknown as { a: { trace: object }; b: [{ trace: object }] };
    expect(Object.keys(state.a.trace)).toEqual(['dense/kernel']);
    expect(Object.keys(state.b[0].trace)).toEqual(['dense/bias', 'out/0', 'out/1/bias']);
    tf.dispose([grads, state] as never);
  });

  test('two tensors of one path are not mistaken for each other', () => {
    const params = { 'a/b': tf.tensor1d([1]), a: { b: tf.tensor1d([2]) } };
    const message = 'the path a/b must be that of one tensor; received that of two';
    expect(() => masked(trace(), () => true).init(params)).toThrow(message);
    expect(() => partition({ all: scale(10) }, () => 'all').update(params, { all: {} })).toThrow(message);
    tf.dispose(params);
  });
});
