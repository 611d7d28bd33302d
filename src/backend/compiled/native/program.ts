import { keep, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { Attribute, NativeBackend } from '../../train/residents.ts';
import type { Value, WeightUse } from '../emitter.ts';

/** What TensorFlow tells of a result. */
interface Metadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** tfjs-node's back end, with what only plans use. */
export interface PlanBackend extends NativeBackend {
  createOutputTensor(metadata: Metadata): Tensor;
}

/** A value of one step, known to TensorFlow by a number, and the parts of its gradient so far. */
export interface Node extends Value {
  id: number;
  readonly needsGradient: boolean;
  /** The numbers of the parts of its gradient. */
  parts: number[];
}

export interface NativeWeight {
  readonly variable: Variable;
  readonly isTrained: boolean;
  id: number;
  parts: number[];
}

type Task = () => void;
type Values = number | boolean | string | readonly number[];

/**
 * The calls of TensorFlow of one step on a batch of one size: calls forward, then, in reverse, calls back. Attributes
 * are made once; what the calls of a step make is deleted at its end.
 */
export class NativeProgram {
  readonly backend: PlanBackend;
  readonly #forward: Task[] = [];
  readonly #backward: Task[] = [];
  readonly #weights = new Map<LayerVariable, NativeWeight>();
  readonly #constants: number[] = [];
  #made: number[] = [];

  constructor(backend: PlanBackend) {
    this.backend = backend;
  }

  /** Attributes of an operation on floats, by their names. */
  attributes(values: Readonly<Record<string, Values>> = {}): Attribute[] {
    const { TF_FLOAT, TF_ATTR_TYPE, TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_FLOAT } =
      this.backend.binding;
    const typeOf = (value: Values): number => {
      if (typeof value === 'boolean') return TF_ATTR_BOOL;
      if (typeof value === 'string') return TF_ATTR_STRING;
      return typeof value === 'number' ? TF_ATTR_FLOAT : TF_ATTR_INT;
    };
    const own = Object.entries(values).map(([name, value]) => ({ name, type: typeOf(value), value }));
    return [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }, ...own];
  }

  /** The attribute that names the type of indices and shapes. */
  integerType(name: string): Attribute {
    const { TF_ATTR_TYPE, TF_INT32 } = this.backend.binding;
    return { name, type: TF_ATTR_TYPE, value: TF_INT32 };
  }

  /** A tensor of integers that stays. */
  integers(values: readonly number[]): number {
    const { binding } = this.backend;
    const id = binding.createTensor([values.length], binding.TF_INT32, Int32Array.from(values));
    this.#constants.push(id);
    return id;
  }

  /** Calls an operation of one result, which lasts as long as the step. */
  call(name: string, attributes: readonly Attribute[], inputs: readonly number[]): number {
    const { id } = this.backend.binding.executeOp(name, attributes, inputs, 1)[0]!;
    this.#made.push(id);
    return id;
  }

  /** A batch as floats, for the whole step: the way back needs it as well. */
  batch(tensor: Tensor): number {
    const [id] = this.backend.getInputTensorIds([tensor]) as [number];
    if (tensor.dtype === 'float32') return id;
    const { TF_ATTR_TYPE, TF_FLOAT } = this.backend.binding;
    const { dtype } = this.backend.tensorMap.get(tensor.dataId);
    const attributes = [
      { name: 'SrcT', type: TF_ATTR_TYPE, value: dtype },
      { name: 'DstT', type: TF_ATTR_TYPE, value: TF_FLOAT },
    ];
    return this.call('Cast', attributes, [id]);
  }

  node(shape: readonly number[], needsGradient: boolean): Node {
    return { shape, id: -1, needsGradient, parts: [] };
  }

  weight({ variable, isTrained }: WeightUse): NativeWeight {
    const known = this.#weights.get(variable);
    if (known) return known;
    const weight = { variable: variable.read() as Variable, isTrained, id: -1, parts: [] };
    this.#weights.set(variable, weight);
    return weight;
  }

  get trained(): NativeWeight[] {
    return [...this.#weights.values()].filter(({ isTrained }) => isTrained);
  }

  onForward(task: Task): void {
    this.#forward.push(task);
  }

  /** The way back of an operation: `task` gets the gradient of its result. */
  onBackward(result: Node, task: (gradient: number) => void): void {
    this.#backward.push(() => {
      if (result.parts.length > 0) task(this.sum(result.parts));
    });
  }

  /** The sum of the parts of a gradient. */
  sum(parts: readonly number[]): number {
    if (parts.length === 1) return parts[0]!;
    const { TF_ATTR_INT } = this.backend.binding;
    const count = { name: 'N', type: TF_ATTR_INT, value: parts.length };
    return this.call('AddN', [...this.attributes(), count], parts);
  }

  /** Takes the values of the weights, and runs the model on inputs that are there. */
  forward(): void {
    for (const weight of this.#weights.values()) {
      weight.id = this.backend.getInputTensorIds([weight.variable])[0]!;
      weight.parts = [];
    }
    for (const task of this.#forward) task();
  }

  backward(): void {
    for (let i = this.#backward.length - 1; i >= 0; i--) this.#backward[i]!();
  }

  /** Floats as a tensor of TensorFlow, which lasts as long as the step. */
  floats(shape: readonly number[], values: Float32Array): number {
    const { binding } = this.backend;
    const id = binding.createTensor(shape, binding.TF_FLOAT, values);
    this.#made.push(id);
    return id;
  }

  /** A result of the step as a tensor of tfjs, to which it now belongs. */
  tensorOf(id: number, shape: readonly number[]): Tensor {
    const at = this.#made.indexOf(id);
    const { binding } = this.backend;
    // What is no result of its own, such as a batch under another shape, is copied.
    const own = at >= 0 ? id : binding.executeOp('Identity', this.attributes(), [id], 1)[0]!.id;
    if (at >= 0) this.#made.splice(at, 1);
    return keep(this.backend.createOutputTensor({ id: own, shape: [...shape], dtype: binding.TF_FLOAT }));
  }

  /** Deletes what the step has made. */
  end(): void {
    const { binding } = this.backend;
    for (const id of this.#made) binding.deleteTensor(id);
    this.#made = [];
  }

  dispose(): void {
    this.end();
    for (const id of this.#constants.splice(0)) this.backend.binding.deleteTensor(id);
  }
}
