import { add, mul, reshape, sub, sum, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import type { ClassWeight } from './options.ts';

/** Multiplies losses with the factors of the classes of `labels`: along `axis`, or of labels in [0, 1] without. */
export type ClassFactors = (loss: Tensor, labels: Tensor, axis?: number) => Tensor;

/** The factors in order. */
function factorsOf(where: string, weights: ClassWeight, classes: number): number[] {
  const named = Object.entries(weights) as [string, number][];
  const last = Math.max(...named.map(([name]) => Number(name)));
  const fits = Array.isArray(weights) ? weights.length === classes : last < classes;
  if (!fits) {
    const received = Array.isArray(weights) ? `${weights.length} factors` : `one for class ${last}`;
    throw new ArgumentError(where, 'classWeight', received, `factors of the ${classes} classes`);
  }
  const factors = new Array<number>(classes).fill(1);
  for (const [name, factor] of named) factors[Number(name)] = factor;
  return factors;
}

function check(where: string, weights: ClassWeight): void {
  const named = weights !== null && typeof weights === 'object' ? Object.entries(weights) : [];
  if (named.length === 0 || named.some(([name]) => !/^\d+$/.test(name))) {
    const allowed = 'an array of factors, one for each class, or an object of them by class number';
    throw new ArgumentError(where, 'classWeight', describe(weights), allowed);
  }
  for (const [name, factor] of named) checkNumber(where, `classWeight[${name}]`, factor, { min: 0 });
}

/** Checks the option `classWeight` and gives what applies it: Σ_k y_k·w_k for each sample. */
export function classFactors(where: string, weights: ClassWeight | undefined): ClassFactors {
  if (weights === undefined) return (loss) => loss;
  check(where, weights);
  return (loss, labels, axis) => {
    if (axis === undefined) {
      const [negative, positive] = factorsOf(where, weights, 2) as [number, number];
      return mul(loss, add(mul(labels, positive), mul(sub(1, labels), negative)));
    }
    const classes = labels.shape[axis]!;
    const shape = labels.shape.map((_, i) => (i === axis ? classes : 1));
    const factors = reshape(tensor1d(factorsOf(where, weights, classes)), shape);
    return mul(loss, sum(mul(labels, factors), axis));
  };
}
