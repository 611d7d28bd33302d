import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Params } from '../../core/types.ts';
import { checkScalar } from '../derivatives/arguments.ts';
import { hessianTimesByDifferences } from '../derivatives/differences.ts';
import { hessianTimes, valueAndGradients } from '../derivatives/gradients.ts';
import {
  isVariable,
  type Leaves,
  leavesOf,
  readInto,
  tensorsFrom,
  tensorsLike,
  treeOf,
} from '../derivatives/leaves.ts';
import type { Domain } from './domain.ts';
import { type Objective, SINGLE } from './objective.ts';

/** The domain of trees of tensors; variables among them are assigned, the other tensors made anew. */
export interface TensorDomain<P extends Params> extends Domain<P> {
  readonly leaves: Leaves;
  /** The leaves with these numbers; to be called in a tidy. */
  place(x: Float64Array): Tensor[];
  tree(leaves: readonly Tensor[]): P;
}

/** The domain of the tree that a run starts at. */
export function tensorDomain<P extends Params>(start: P): TensorDomain<P> {
  const leaves = leavesOf('minimize', 'x0', start);
  const numbers = new Float64Array(leaves.size);
  readInto(numbers, leaves.tensors);
  const tree = (tensors: readonly Tensor[]): P => treeOf(start, tensors);
  const place = (x: Float64Array): Tensor[] =>
    tensorsFrom(leaves, x).map((made, i) => {
      const own = leaves.tensors[i]!;
      if (!isVariable(own)) return made;
      own.assign(made);
      made.dispose();
      return own;
    });
  return {
    leaves,
    start: numbers,
    place,
    tree,
    toResult: (x) => tree(place(x)),
    toGradient: (x) => tree(tensorsFrom(leaves, x)),
    restore() {
      tidy(() => {
        place(numbers);
      });
    },
    show(x, f) {
      const results: ReturnType<typeof f>[] = [];
      tidy(() => {
        const placed = place(x);
        results.push(f(() => tree(placed)));
      });
      return results[0]!;
    },
  };
}

/** What a user gives for a function of tensors. */
export interface TensorFunctions<P extends Params> {
  f: (x: P) => Tensor;
  gradient?: ((x: P) => P) | undefined;
  hessianVectorProduct?: ((x: P, v: P) => P) | undefined;
}

/** A user's function of tensors as one of numbers; it is computed in single precision. */
export class TensorObjective<P extends Params> implements Objective {
  readonly precision: number = SINGLE;
  readonly #domain: TensorDomain<P>;
  readonly #functions: TensorFunctions<P>;
  #evaluations = 0;
  #isExact = true;
  /** What the user's function threw. */
  #thrown: unknown;

  constructor(domain: TensorDomain<P>, functions: TensorFunctions<P>) {
    this.#domain = domain;
    this.#functions = functions;
  }

  get size(): number {
    return this.#domain.leaves.size;
  }

  get hessianPrecision(): number {
    return this.#isExact ? SINGLE : SINGLE ** (2 / 3);
  }

  get evaluations(): number {
    return this.#evaluations;
  }

  evaluate(x: Float64Array, out: Float64Array): number {
    let result = Number.NaN;
    tidy(() => {
      const leaves = this.#domain.place(x);
      const { gradient } = this.#functions;
      if (gradient === undefined) {
        const { value, gradients } = valueAndGradients(() => this.#value(leaves), leaves);
        result = value.dataSync()[0]!;
        readInto(out, gradients);
      } else {
        result = this.#value(leaves).dataSync()[0]!;
        readInto(out, this.#given('gradient', gradient(this.#domain.tree(leaves))));
      }
    });
    return result;
  }

  hessianTimes(x: Float64Array, _: Float64Array, v: Float64Array, out: Float64Array): void {
    const { hessianVectorProduct } = this.#functions;
    if (hessianVectorProduct === undefined && !(this.#isExact && this.#exactly(x, v, out))) {
      this.#isExact = false;
      const gradient = (at: Float64Array, into: Float64Array): void => {
        this.evaluate(at, into);
      };
      hessianTimesByDifferences(gradient, x, v, out, SINGLE);
    } else if (hessianVectorProduct !== undefined) {
      tidy(() => {
        const { place, tree, leaves } = this.#domain;
        const product = hessianVectorProduct(tree(place(x)), tree(tensorsFrom(leaves, v)));
        readInto(out, this.#given('hessianVectorProduct', product));
      });
    }
  }

  /** The product by second derivatives; false where an operation has none. */
  #exactly(x: Float64Array, v: Float64Array, out: Float64Array): boolean {
    try {
      tidy(() => {
        const leaves = this.#domain.place(x);
        const gradients = (): Tensor[] => {
          const { gradient } = this.#functions;
          if (gradient) return this.#given('gradient', gradient(this.#domain.tree(leaves)));
          return valueAndGradients(() => this.#value(leaves), leaves).gradients;
        };
        readInto(out, hessianTimes(gradients, leaves, tensorsFrom(this.#domain.leaves, v)));
      });
      return true;
    } catch (error) {
      if (error === this.#thrown) throw error;
      return false;
    }
  }

  #value(leaves: readonly Tensor[]): Tensor {
    this.#evaluations += 1;
    return checkScalar('minimize', this.#call(leaves));
  }

  #call(leaves: readonly Tensor[]): unknown {
    try {
      return this.#functions.f(this.#domain.tree(leaves));
    } catch (error) {
      this.#thrown = error;
      throw error;
    }
  }

  #given(argument: string, tree: P): Tensor[] {
    return tensorsLike('minimize', argument, tree, 'x0', this.#domain.leaves.tree);
  }
}
