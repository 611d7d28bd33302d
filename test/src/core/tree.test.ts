import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import {
  disposeTree,
  entries,
  mapLeaves,
  mergeTrees,
  selectTree,
  tidyTree,
  zipTrees,
} from '../../../src/core/tree.ts';
import type { Params } from '../../../src/core/types.ts';
import { onBackends } from '../support.ts';

onBackends('trees of tensors', () => {
  const make = (a: number, b: number): Params => ({ w: [tf.scalar(a)], deep: { b: tf.scalar(b) } });

  test('zipTrees keeps the structure and pairs the leaves', () => {
    const [left, right] = [make(1, 2), make(10, 20)];
    const sum = tidyTree(() => zipTrees('f', tf.add, ['a', left], ['b', right]));
    expect(entries<tf.Tensor>(sum).map(([path, leaf]) => [path, leaf.dataSync()[0]])).toEqual([
      [['w', 0], 11],
      [['deep', 'b'], 22],
    ]);
    for (const tree of [left, right, sum]) disposeTree(tree);
  });

  test('zipTrees rejects trees of another structure or other shapes', () => {
    const [tree, row] = [make(1, 2), tf.tensor1d([1])];
    const { w, deep } = tree as { w: Params; deep: Params };
    const cases: [Params, string][] = [
      [
        { w, deep, more: w },
        'f: b must be an object with the keys [w,deep], as a is: there is no a.more; received an object with the keys [w,deep,more]',
      ],
      [
        { w },
        'f: b must be an object with the keys [w,deep], as a is: there is no b.deep; received an object with the keys [w]',
      ],
      [{ w, other: deep }, 'received an object with the keys [w,other]'],
      [{ w: [], deep }, 'f: b.w must be a list of 1, as a.w is; received a list of 0'],
      [{ w: {}, deep }, 'f: b.w must be a list of 1, as a.w is; received an object with the keys []'],
      [{ w, deep: { b: [] } }, 'f: b.deep.b must be a tensor, as a.deep.b is; received a list of 0'],
      // Each would broadcast.
      [{ w: [row], deep }, 'f: b.w[0] must be of the shape of a.w[0], []; received [1]'],
    ];
    for (const [other, message] of cases) {
      const zip = () => zipTrees('f', (a) => a, ['a', tree], ['b', other]);
      expect(zip).toThrow(ArgumentError);
      expect(zip).toThrow(message);
    }
    disposeTree([tree, row]);
  });

  test('disposeTree spares the tensors of another tree', () => {
    const tree = make(1, 2);
    const kept = Reflect.get(tree, 'w') as Params;
    disposeTree(tree, kept);
    expect(entries<tf.Tensor>(tree).map(([, leaf]) => leaf.isDisposed)).toEqual([false, true]);
    disposeTree(kept);
  });
});

test('mergeTrees takes what the first has and adds what only the second has', () => {
  const first = { count: 3, moments: [{ a: 1 }, { a: 2, b: 4 }] };
  const second = { count: 0, moments: [{ a: 9, c: 9 }, { a: 9 }], extra: 7 };
  expect(mergeTrees<number>(first, second)).toEqual({
    count: 3,
    moments: [
      { a: 1, c: 9 },
      { a: 2, b: 4 },
    ],
    extra: 7,
  });
});

test('selectTree takes what stands at the places of a template', () => {
  const tree = {
    count: 3,
    moments: [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
  };
  const template = mapLeaves<number, null>({ count: 0, moments: [{ a: 0 }, { a: 0 }] }, () => null);
  expect(selectTree<number>(tree, template)).toEqual({ count: 3, moments: [{ a: 1 }, { a: 3 }] });
});
