import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type Tensor, engine as tfEngine, Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { Engine, EngineFunctions } from '../../engine/module.ts';
import type { Value, WeightUse } from '../emitter.ts';
import { Loan } from './loan.ts';

/** A value in wasm memory, and the gradient of the loss by it. */
export interface Place extends Value {
  readonly size: number;
  /** The address of its numbers. */
  readonly at: number;
  /** The address of its gradient; 0 where none is needed. */
  readonly gradient: number;
}

/** A weight of the model. Its address may change between steps, when its value is set from outside. */
export interface Weight {
  readonly variable: Variable;
  readonly size: number;
  at: number;
  /** The address of its gradient, 0 where it is not trained, and what lends it. */
  readonly gradient: number;
  readonly loan: Loan | undefined;
}

/** A matrix in memory, in rows that stand `row` floats apart. */
export interface Matrix {
  readonly at: number;
  readonly row: number;
  /** Whether it is stored transposed. */
  readonly isTransposed?: boolean;
}

type Task = () => void;

const BYTES = 4;
/** The bytes of a line of the caches of processors. */
const LINE = 64;
/** What stands for zeros. */
const NOTHING: Matrix = { at: 0, row: 0 };
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** The variable behind a layer's. */
function variableOf(weight: LayerVariable): Variable {
  const value = weight.read();
  if (value instanceof Variable) return value;
  throw new Error(`compileStep: the weight ${weight.name} is no variable of tfjs`);
}

/**
 * The memory and the tasks of one step on a batch of one size: tasks forward, then, in reverse, tasks back. Tasks
 * hold addresses; they make no tensors.
 */
export class Program {
  readonly engine: Engine;
  readonly functions: EngineFunctions;
  readonly #backend: BackendWasm;
  readonly #forward: Task[] = [];
  readonly #builders: Task[] = [];
  readonly #backward: Task[] = [];
  readonly #weights = new Map<LayerVariable, Weight>();
  readonly #changed: Weight[] = [];
  readonly #allocated: number[] = [];
  /** Addresses of gradients that hold a part already. */
  readonly #written = new Set<number>();

  constructor(engine: Engine, backend: BackendWasm) {
    this.engine = engine;
    this.functions = engine.functions;
    this.#backend = backend;
  }

  /** Memory for that many floats until the program is disposed of. */
  allocate(count: number): number {
    const address = this.engine.allocate(Math.max(count, 1) * BYTES + LINE);
    this.#allocated.push(address);
    // Reads across the lines of a cache are slower.
    return Math.ceil(address / LINE) * LINE;
  }

  /** A place for a value, and for its gradient if one is needed. */
  place(shape: readonly number[], needsGradient: boolean): Place {
    const size = sizeOf(shape);
    return { shape, size, at: this.allocate(size), gradient: needsGradient ? this.allocate(size) : 0 };
  }

  /** A new tensor with the numbers of a place, which is the caller's. */
  tensorOf({ shape, at, size }: { shape: readonly number[]; at: number; size: number }): Tensor {
    const info = this.#backend.makeOutput([...shape], 'float32');
    this.functions.copyRows(at, 0, this.engine.address(info), 0, 1, size, 0);
    return tfEngine().makeTensorFromTensorInfo(info);
  }

  /** A weight, with a place for its gradient if it is trained. */
  weight({ variable, isTrained }: WeightUse): Weight {
    const known = this.#weights.get(variable);
    if (known) return known;
    const value = variableOf(variable);
    const loan = isTrained ? new Loan(this.engine, this.#backend, value.shape) : undefined;
    const weight: Weight = {
      variable: value,
      size: value.size,
      at: 0,
      gradient: loan?.at ?? 0,
      loan,
    };
    this.#weights.set(variable, weight);
    return weight;
  }

  /** A weight that the program itself changes, such as a moving mean. */
  changedWeight(use: WeightUse): Weight {
    const weight = this.weight(use);
    this.#changed.push(weight);
    return weight;
  }

  /** The trained weights. */
  get trained(): Weight[] {
    return [...this.#weights.values()].filter(({ gradient }) => gradient !== 0);
  }

  onForward(task: Task): void {
    this.#forward.push(task);
  }

  /** `build` is called once the way back is laid out, last operation first, and calls `onBackward`. */
  onWayBack(build: Task): void {
    this.#builders.push(build);
  }

  onBackward(task: Task): void {
    this.#backward.push(task);
  }

  /** Whether a gradient holds a part already, to which the next has to be added; from now on it does. */
  claim({ gradient }: { readonly gradient: number }): boolean {
    const adds = this.#written.has(gradient);
    this.#written.add(gradient);
    return adds;
  }

  /** Runs `write`, which overwrites a gradient, on the way back, and adds what was there if there was something. */
  overwrite(size: number, gradient: number, write: (to: number) => void): void {
    const adds = this.claim({ gradient });
    const to = adds ? this.allocate(size) : gradient;
    this.onBackward(() => {
      write(to);
      if (adds) this.functions.addScaled(to, gradient, size, 1);
    });
  }

  /** C = A·B, or C + A·B if `adds`; C is m×n, and k the length that A and B share. */
  product([m, n, k]: readonly [number, number, number], a: Matrix, b: Matrix, c: Matrix, adds = false): void {
    this.productFrom([m, n, k], a, b, c, adds ? c : NOTHING);
  }

  /** C = from + A·B; rows of `from` that stand 0 apart are one row for all, such as a bias. */
  productFrom(
    [m, n, k]: readonly [number, number, number],
    a: Matrix,
    b: Matrix,
    c: Matrix,
    from: Matrix,
  ): void {
    const { engine, functions } = this;
    const [transposeA, transposeB] = [Number(a.isTransposed ?? false), Number(b.isTransposed ?? false)];
    const scratch = engine.scratch();
    functions.gemm(
      transposeA,
      transposeB,
      m,
      n,
      k,
      a.at,
      a.row,
      b.at,
      b.row,
      from.at,
      from.row,
      c.at,
      c.row,
      scratch,
    );
  }

  /** The gradient of a bias, or of what else was added to each of `rows` rows. */
  sumRows(rows: number, count: number, weight: Weight): void {
    this.overwrite(weight.size, weight.gradient, (to) =>
      this.functions.sumRows(rows, count, weight.size, to),
    );
  }

  /** Lays out the way back from the outputs, whose gradients are there before it runs. */
  finish(outputs: readonly Place[]): void {
    for (const output of outputs) this.claim(output);
    for (const build of this.#builders.reverse()) build();
  }

  /** Finds the weights where they are now. */
  locate(): void {
    for (const weight of this.#weights.values()) weight.at = this.engine.address(weight.variable);
    for (const weight of this.#changed) {
      // What others hold of the same memory must keep its values.
      if (this.#backend.refCount(weight.variable.dataId) > 1) weight.at = this.#separate(weight);
    }
  }

  #separate({ variable, size }: Weight): number {
    const copy = this.tensorOf({ shape: variable.shape, at: this.engine.address(variable), size });
    variable.assign(copy);
    copy.dispose();
    return this.engine.address(variable);
  }

  forward(): void {
    for (const task of this.#forward) task();
  }

  backward(): void {
    for (const task of this.#backward) task();
  }

  dispose(): void {
    // A reset of tfjs's engine has taken the whole memory; the addresses mean nothing in that of the next back end.
    if (!this.#backend.wasm) this.#forget();
    for (const address of this.#allocated.splice(0)) this.engine.free(address);
    for (const { loan } of this.#weights.values()) loan?.dispose();
    this.#weights.clear();
  }

  #forget(): void {
    this.#allocated.length = 0;
    this.#weights.clear();
  }
}
