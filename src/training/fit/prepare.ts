import { dispose, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Batch, internals } from '../../backend/layers/internals.ts';
import { weightsOf } from '../../backend/layers/weights.ts';
import { lossOf } from '../../backend/lossNames.ts';
import { ArgumentError } from '../../core/check.ts';
import { lossDefinition } from '../../core/losses.ts';
import { inputSlots, sizeOf, targetSlots, tensorsFor } from '../batch.ts';
import { type ClassWeight, withIgnored } from './classWeight.ts';
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

/** The label that a loss leaves out, if it has one. */
const ignoredBy = (loss: unknown): number | undefined =>
  lossDefinition(loss)?.options?.ignoreIndex as number | undefined;

/** Outputs whose targets name classes: how many these are, by the place of the output. */
const sparseOutputs = (model: LayersModel): (readonly [i: number, classes: number])[] =>
  model.outputs.flatMap(({ shape }, i) =>
    isSparse(lossOf(model.loss, i, model.outputNames[i]!)) ? [[i, shape.at(-1)!] as const] : [],
  );

/** Rejects labels that name no class, which tfjs gives a loss of 0 or NaN in silence. */
function checkLabels(
  where: string,
  model: LayersModel,
  sparse: ReturnType<typeof sparseOutputs>,
  targets: readonly Tensor[],
): void {
  for (const [i, classes] of sparse) {
    const target = targets[i]!;
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
  const ignored = model.outputNames.map((name, i) => ignoredBy(lossOf(model.loss, i, name)));
  const [, , weights] = await internals(model).standardizeUserData(
    inputs,
    targets,
    sampleWeight,
    withIgnored(classWeight, model.outputNames, ignored),
  );
  return weights ?? [];
}

/** Makes samples what the step of a model takes; a promise where classes are weighed. */
export type Preparation = (element: Element) => Prepared | Promise<Prepared>;

/**
 * What checks samples and makes tensors of them, for one model as it is compiled. It throws an ArgumentError when they
 * are none, or do not fit the model.
 *
 * @param where the public function, for the error message
 */
export function preparation(
  where: string,
  model: LayersModel,
  classWeight: ClassWeight | undefined,
): Preparation {
  const slots = { x: inputSlots(model), y: targetSlots(model) };
  const sparse = sparseOutputs(model);
  return ({ x, y, sampleWeight }) => {
    const { inputs, targets, size } = tidy(() => {
      const inputs = tensorsFor(where, 'x', x, slots.x).map(inRows);
      const targets = tensorsFor(where, 'y', y, slots.y).map(inRows);
      const size = sizeOf(where, inputs, targets);
      checkLabels(where, model, sparse, targets);
      return { inputs, targets, size };
    });
    const given = new Set(tensorsIn([x, y]));
    const made = [...inputs, ...targets].filter((one) => !given.has(one));
    const whole = (weights: (Tensor | null)[]): Prepared => ({
      batch: [...inputs, ...targets, ...weights],
      size,
      inputs: inputs.length,
      made: [...made, ...weights.filter((one) => one !== null)],
    });
    if (sampleWeight === undefined && classWeight === undefined) return whole([]);
    return weigh(where, model, inputs, targets, sampleWeight, classWeight).then(whole, (error) => {
      dispose(made);
      throw error;
    });
  };
}
