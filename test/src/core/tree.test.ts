import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { disposeTree, entries, mapTree, mergeTrees, tidyTree } from '../../../src/core/tree.ts';
import type { Params } from '../../../src/core/types.ts';
import { onBackends } from '../support.ts';

onBackends('trees of tensors', () => {
  const make = (a: number, b: number): Params => ({ w: [tf.scalar(a)], deep: { b: tf.scalar(b) } });

  test('mapTree keeps the structure and pairs the leaves', () => {
    const [left, right] = [make(1, 2), make(10, 20)];
    const sum = tidyTree(() => mapTree((a, b) => tf.add(a, b), left, right));
    expect(entries<tf.Tensor>(sum).map(([path, leaf]) => [path, leaf.dataSync()[0]])).toEqual([
      [['w', 0], 11],
      [['deep', 'b'], 22],
    ]);
    for (const tree of [left, right, sum]) disposeTree(tree);
  });

  test('mapTree rejects trees of other structures', () => {
    const tree = make(1, 2);
    const other: Params = { w: [], deep: {} };
    expect(() => mapTree((a) => a, tree, other)).toThrow('"0" is missing in one of them');
    expect(() => mapTree((a) => a, tree, { w: {}, deep: {} })).toThrow('differ in structure');
    disposeTree(tree);
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
