import { dispose, type Scalar, type Tensor, tidy, valueAndGrads } from '@tensorflow/tfjs-core';
import { type BatchLike, tensorOf } from '../rows.ts';
import { fits, fusedLoss } from './losses.ts';
import type { Plan } from './plan.ts';

/** The loss of one output. */
interface OutputLoss {
  /** As `model.compile` got it, where nothing weighs it: a function of the toolkit or a name may have a fused form. */
  readonly given: unknown;
  /** The mean loss, by operations of tfjs. */
  apply(truth: Tensor, prediction: Tensor): Scalar;
}

/** The mean loss of an output of a plan that has gone forward; writes its gradient. */
function lossAndGradient(
  plan: Plan,
  i: number,
  { truth, prediction }: { truth: Tensor; prediction: Tensor },
  { given, apply }: OutputLoss,
): number {
  const fused = fusedLoss(given);
  if (fused && fits(fused, truth.shape, prediction.shape)) {
    const values = truth.dataSync();
    const columns = prediction.shape.at(-1)!;
    return fused({ truth: values, prediction: plan.output(i), gradient: plan.gradient(i), columns });
  }
  return tidy(() => {
    const { value, grads } = valueAndGrads((p) => apply(truth, p!))([prediction]);
    const gradient = grads[0]!.dataSync<'float32'>();
    plan.gradient(i).set(gradient);
    return value.dataSync()[0]!;
  });
}

/** What a step needs besides its plan, each in the order of the model's inputs or outputs. */
export interface StepData {
  readonly inputs: readonly BatchLike[];
  readonly targets: readonly Tensor[];
  readonly losses: readonly OutputLoss[];
  /** Is told of the sum of the losses and the gradients before the optimizer is; see `takeStep`. */
  readonly before?: ((loss: number, gradients: Readonly<Record<string, Tensor>>) => void) | undefined;
}

interface Applier {
  applyGradients(gradients: Record<string, Tensor>): void;
}

/** What a step gives; the numbers are as precise as tensors have them, so that what is infinite in these is so here. */
export interface StepResult {
  /** The prediction of each output, which is the caller's. */
  readonly outputs: Tensor[];
  /** The mean loss of each output. */
  readonly losses: number[];
  /** Their sum. */
  readonly total: number;
}

/** One step of training. */
export function runPlan(plan: Plan, optimizer: Applier, data: StepData): StepResult {
  const { targets, losses, before } = data;
  const made: Tensor[] = [];
  plan.forward(plan.takesRows ? data.inputs : data.inputs.map((one) => tensorOf(one, made)));
  const outputs = losses.map((_, i) => plan.outputTensor(i));
  try {
    const values = losses.map((loss, i) =>
      Math.fround(lossAndGradient(plan, i, { truth: targets[i]!, prediction: outputs[i]! }, loss)),
    );
    const total = Math.fround(values.reduce((a, b) => a + b, 0));
    plan.backward();
    plan.update((gradients) => {
      before?.(total, gradients);
      tidy(() => optimizer.applyGradients(gradients));
    });
    return { outputs, losses: values, total };
  } catch (error) {
    dispose(outputs);
    throw error;
  } finally {
    dispose(made);
  }
}
