// What a model takes: its inputs and targets, checked.
import { reshape, Tensor } from '@tensorflow/tfjs-core';
import { LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { lossOf } from '../backend/lossNames.ts';
import { ArgumentError, describe } from '../core/check.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';

/** Of tfjs's model what it declares as protected, or in its parts. */
interface Inner {
  readonly model?: LayersModel;
  build(): void;
}

/** The model if it is one that can be trained. */
export function checkModel(where: string, model: unknown): LayersModel {
  if (!(model instanceof LayersModel))
    throw new ArgumentError(where, 'model', describe(model), 'a tf.LayersModel');
  if (!(model.outputs?.length > 0)) {
    const allowed = 'a model with layers and an inputShape';
    throw new ArgumentError(where, 'model', 'one whose input shape is not known', allowed);
  }
  return model;
}

/** The graph that trains: a sequential model has one within, made anew whenever it is compiled. */
export function graphOf(model: LayersModel): LayersModel {
  const holder = model as unknown as Inner;
  if (holder.model === undefined && !model.built) holder.build();
  return holder.model ?? model;
}

type Shape = readonly (number | null)[];

/** One of the places where a model takes data. */
export interface Slot {
  /** The name of the input or output. */
  readonly name: string;
  /** The layer that it is of. */
  readonly layer: string;
  /** The shape to have but for the batch; null for any. */
  readonly shape: Shape | null;
}

const slotOf = ({ sourceLayer }: SymbolicTensor, name: string, shape: Shape | null): Slot => ({
  name,
  layer: sourceLayer.name,
  shape,
});

/** Where the model takes its inputs. */
export const inputSlots = (model: LayersModel): Slot[] =>
  model.inputs.map((symbol, i) => slotOf(symbol, model.inputNames[i]!, symbol.shape));

/** Where it takes its targets: of the shape of the outputs for losses of tfjs by name, else the loss decides. */
export const targetSlots = (model: LayersModel): Slot[] =>
  model.outputs.map((symbol, i) => {
    const name = model.outputNames[i]!;
    const loss = lossOf(model.loss, i, name);
    const isHeld = typeof loss === 'string' && loss !== 'sparseCategoricalCrossentropy';
    return slotOf(symbol, name, isHeld ? symbol.shape : null);
  });

/** Inputs or targets of a batch: one, or one for each place, in a list or by name. */
export type BatchPart = TensorLike | readonly TensorLike[] | Readonly<Record<string, TensorLike>>;

const isNamed = (given: unknown): given is Readonly<Record<string, TensorLike>> =>
  given !== null &&
  typeof given === 'object' &&
  !Array.isArray(given) &&
  !ArrayBuffer.isView(given) &&
  !(given instanceof Tensor);

/** What is given for each place. */
function listed(where: string, argument: string, given: BatchPart, slots: readonly Slot[]): TensorLike[] {
  if (isNamed(given)) {
    const missing = slots.find(({ name }) => given[name] === undefined || given[name] === null);
    if (missing === undefined) return slots.map(({ name }) => given[name]!);
    const names = slots.map(({ name }) => `'${name}'`).join(', ');
    const keys = Object.keys(given).map((key) => `'${key}'`);
    throw new ArgumentError(where, argument, `an object with [${keys}]`, `by the names ${names}`);
  }
  if (slots.length === 1) return [given as TensorLike];
  if (Array.isArray(given) && given.length === slots.length) return given as TensorLike[];
  throw new ArgumentError(where, argument, describe(given), `an array of ${slots.length} tensors`);
}

/** The tensor if it has the shape of its place; one number a sample may stand for a column. */
function fitted(where: string, argument: string, tensor: Tensor, { layer, shape: whole }: Slot): Tensor {
  if (whole === null) return tensor;
  const [, ...shape] = whole;
  if (tensor.rank === 1 && shape.length === 1 && shape[0] === 1) return reshape(tensor, [-1, 1]);
  const fits =
    tensor.rank === shape.length + 1 &&
    shape.every((length, axis) => length === null || length === tensor.shape[axis + 1]);
  if (fits) return tensor;
  const lengths = ['?', ...shape.map((length) => length ?? '?')].join(', ');
  throw new ArgumentError(where, argument, `[${tensor.shape}]`, `of the shape [${lengths}] of ${layer}`);
}

/**
 * One tensor for each place; those that were given as tensors of numbers are passed on.
 *
 * @throws ArgumentError for what is no numbers, or of another shape than the place
 */
export function tensorsFor(
  where: string,
  argument: string,
  given: BatchPart,
  slots: readonly Slot[],
): Tensor[] {
  return listed(where, argument, given, slots).map((one, i) =>
    fitted(where, argument, toTensor(where, argument, one), slots[i]!),
  );
}

/**
 * How many samples there are.
 *
 * @throws ArgumentError when there are none, or not as many everywhere
 */
export function sizeOf(where: string, inputs: readonly Tensor[], targets: readonly Tensor[]): number {
  const sizes = [...inputs, ...targets].map(({ shape }) => shape[0] ?? 0);
  const size = sizes[0]!;
  if (size === 0) throw new ArgumentError(where, 'x', 'an empty batch', 'at least one sample');
  const other = sizes.find((one) => one !== size);
  if (other === undefined) return size;
  const isInput = sizes.indexOf(other) < inputs.length;
  const allowed = isInput ? `as many samples everywhere, ${size}` : `as many as x has, ${size}`;
  throw new ArgumentError(where, isInput ? 'x' : 'y', `${other} samples`, allowed);
}
