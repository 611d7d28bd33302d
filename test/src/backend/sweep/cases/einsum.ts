import { type Case, float, int, type Numbers } from '../case.ts';
import { at, build } from '../numbers.ts';

/** Equations with the shapes of their arguments. */
const EQUATIONS: readonly (readonly [string, ...number[][]])[] = [
  ['ij,jk->ik', [2, 3], [3, 4]],
  ['ij,kj->ik', [2, 3], [4, 3]],
  ['ij->ji', [2, 3]],
  ['ij->i', [2, 3]],
  ['ij->', [2, 3]],
  ['ijk->ki', [2, 3, 4]],
  ['i,i->', [5], [5]],
  ['i,i->i', [5], [5]],
  ['i,j->ij', [3], [4]],
  ['i,j->ji', [3], [4]],
  ['ij,ij->', [2, 3], [2, 3]],
  ['ij,ij->ij', [2, 3], [2, 3]],
  ['bij,bjk->bik', [2, 3, 4], [2, 4, 2]],
  ['bij,jk->bik', [2, 3, 4], [4, 2]],
  ['bhqd,bhkd->bhqk', [1, 2, 3, 2], [1, 2, 4, 2]],
  ['abc,acd->adb', [2, 3, 2], [2, 2, 3]],
  ['ij,k->ikj', [2, 3], [2]],
  ['ij,j->', [2, 3], [3]],
  ['ij,jk->ik', [1, 1], [1, 1]],
  ['ij,jk->ik', [0, 3], [3, 2]],
  ['ij,jk->ik', [2, 0], [0, 2]],
];

/** The sum of the products over every index that the result has not. */
function einsum(equation: string, ...x: Numbers[]): Numbers {
  const [left, right] = equation.split('->') as [string, string];
  const terms = left.split(',');
  const size = new Map<string, number>();
  for (const [i, term] of terms.entries()) {
    for (const [axis, name] of [...term].entries()) size.set(name, x[i]!.shape[axis]!);
  }
  const summed = [...size.keys()].filter((name) => !right.includes(name));
  const over = summed.map((name) => size.get(name)!);
  return build(
    [...right].map((name) => size.get(name)!),
    (index) => {
      const terms2 = build(over, (inner) => {
        const value = (name: string): number =>
          right.includes(name) ? index[right.indexOf(name)]! : inner[summed.indexOf(name)]!;
        return terms.reduce((p, term, i) => p * at(x[i]!, [...term].map(value)), 1);
      });
      return terms2.values.reduce((a, b) => a + b, 0);
    },
  );
}

const equations: Case[] = EQUATIONS.map(([equation, ...shapes]) => ({
  kernel: 'Einsum',
  title: `${equation} of ${shapes.map((shape) => `[${shape}]`).join(' and ')}`,
  inputs: shapes.map((shape) => float(shape)),
  run: (tf, ...x) => tf.einsum(equation, ...x),
  reference: (...x) => einsum(equation, ...x),
  gradient: shapes.flat().includes(0) ? undefined : 'differences',
}));
const integerEquation: Case = {
  kernel: 'Einsum',
  title: 'int32',
  inputs: [int([2, 3]), int([3, 2])],
  run: (tf, ...x) => tf.einsum('ij,jk->ik', ...x),
  reference: (...x) => einsum('ij,jk->ik', ...x),
};

export const einsums: Case[] = [...equations, integerEquation];
