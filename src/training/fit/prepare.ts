import { dispose, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Batch, internals } from '../../backend/layers/internals.ts';
import { weightsOf } from '../../backend/layers/weights.ts';
import { lossOf } from '../../backend/lossNames.ts';
import { ArgumentError } from '../../core/check.ts';
import { lossDefinition } from '../../core/losses.ts';
import { inputSlots, sizeOf, targetSlots, tensorsFor } from '../batch.ts';
import type { ClassWeight } from './classWeight.ts';
import { type Element, tensorsIn } from './element.ts';

/** Samples as the step of a model takes them. */
export interface Prepared {
  /** Inputs, targets, and the weights of the outputs. */
  readonly batch: Batch;
  readonly size: number;
  /** How many of the tensors are inputs. */
  readonly inputs: number;
  /** The tensors of them that were made for this; the others are the caller's. */
  readonly made: readonly Tensor[];
}

/** A column where there is one number a sample, as tfjs does. */
const inRows = (tensor: Tensor): Tensor => (tensor.rank === 1 ? reshape(tensor, [-1, 1]) : tensor);

const SPARSE = 'sparseCategoricalCrossentropy';

/** Whether every target must name a class: a loss that ignores or masks some looks at the others itself. */
function isSparse(loss: unknown): boolean {
  if (typeof loss === 'string') return loss === SPARSE;
  const { name, options } = lossDefinition(loss) ?? {};
  return name === SPARSE && options?.ignoreIndex === undefined && options?.mask === undefined;
}

/** Rejects labels that name no class, which tfjs gives a loss of 0 or NaN in silence. */
function checkLabels(where: string, model: LayersModel, targets: readonly Tensor[]): void {
  for (const [i, target] of targets.entries()) {
    if (!isSparse(lossOf(model.loss, i, model.outputNames[i]!))) continue;
    const classes = model.outputs[i]!.shape.at(-1)!;
    const labels = target.dataSync<'float32'>();
    const wrong = labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
    if (wrong < 0) continue;
    const allowed = `made of integers in [0, ${classes - 1}], the classes of ${model.outputNames[i]}`;
    throw new ArgumentError(where, 'y', `the label ${labels[wrong]} at place ${wrong}`, allowed);
  }
}

/** The weights of the samples of each output; those of classes by tfjs's own reading of labels. */
async function weigh(
  where: string,
  model: LayersModel,
  inputs: readonly Tensor[],
  targets: readonly Tensor[],
  sampleWeight: unknown,
  classWeight: ClassWeight | undefined,
): Promise<(Tensor | null)[]> {
  if (classWeight === undefined) return weightsOf(where, sampleWeight, model.outputNames, targets);
  const [, , weights] = await internals(model).standardizeUserData(
    inputs,
    targets,
    sampleWeight,
    classWeight,
  );
  return weights ?? [];
}

/**
 * Samples, checked, as tensors of what the model takes; a promise where classes are weighed.
 *
 * @throws ArgumentError when they are none, or do not fit the model
 */
export function prepare(
  where: string,
  model: LayersModel,
  element: Element,
  classWeight: ClassWeight | undefined,
): Prepared | Promise<Prepared> {
  const given = new Set(tensorsIn([element.x, element.y]));
  const { inputs, targets, size } = tidy(() => {
    const inputs = tensorsFor(where, 'x', element.x, inputSlots(model)).map(inRows);
    const targets = tensorsFor(where, 'y', element.y, targetSlots(model)).map(inRows);
    const size = sizeOf(where, inputs, targets);
    checkLabels(where, model, targets);
    return { inputs, targets, size };
  });
  const made = [...inputs, ...targets].filter((one) => !given.has(one));
  const whole = (weights: (Tensor | null)[]): Prepared => ({
    batch: [...inputs, ...targets, ...weights],
    size,
    inputs: inputs.length,
    made: [...made, ...weights.filter((one) => one !== null)],
  });
  if (element.sampleWeight === undefined && classWeight === undefined) return whole([]);
  const weights = weigh(where, model, inputs, targets, element.sampleWeight, classWeight);
  return weights.then(whole, (error) => {
    dispose(made);
    throw error;
  });
}
