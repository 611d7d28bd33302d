import type * as tfjs from '@tensorflow/tfjs-core';
import { random } from '../../../../../src/core/random.ts';

export type Tf = Omit<typeof tfjs, 'default'>;
type Tensor = tfjs.Tensor;

/** An operation at a place without kinks. */
export interface Case {
  name: string;
  shape: number[];
  /** The values of x. */
  at: number[];
  f: (x: Tensor) => Tensor;
}

/** Gives as many values as a tensor has. */
export type Values = (n: number) => number[];

/** Values of either sign, none of them near 0; a seed of its own, so that they are the same each time. */
export function drawing(seed: number): Record<'real' | 'positive' | 'small' | 'distinct', Values> {
  const source = random(seed);
  const signed = (low: number, high: number): number =>
    (source.uniform(0, 1) < 0.5 ? -1 : 1) * source.uniform(low, high);
  return {
    real: (n) => Array.from({ length: n }, () => signed(0.2, 1.5)),
    positive: (n) => Array.from({ length: n }, () => source.uniform(0.5, 2)),
    small: (n) => Array.from({ length: n }, () => signed(0.1, 0.8)),
    /** At least 0.15 apart, in no order: none of them changes places with another under a small step. */
    distinct(n) {
      const order = Array.from({ length: n }, (_, i) => ({ i, key: source.uniform(0, 1) }));
      return order.sort((a, b) => a.key - b.key).map(({ i }) => (i - n / 2 + 0.3) * 0.15);
    },
  };
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Collects the cases of one family. */
export class Family {
  readonly list: Case[] = [];
  readonly draw: ReturnType<typeof drawing>;
  readonly #tf: Tf;

  constructor(tf: Tf, seed: number) {
    this.#tf = tf;
    this.draw = drawing(seed);
  }

  readonly add = (
    name: string,
    shape: number[],
    f: (x: Tensor) => Tensor,
    values: Values = this.draw.real,
  ): void => {
    this.list.push({ name, shape, at: values(size(shape)), f });
  };

  /** A tensor that is made anew each time: a case runs in several scopes. */
  readonly constant = (shape: number[], values: Values = this.draw.real): (() => Tensor) => {
    const data = values(size(shape));
    return () => this.#tf.tensor(data, shape);
  };
}
