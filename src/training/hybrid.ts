import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import type { Tree } from '../core/types.ts';
import { type MinimizeResult, minimize, type StopReason } from '../optimizers/index.ts';
import { CountedLoss } from './hybrid/countedLoss.ts';
import { type HybridOptions, type Settings, settingsOf } from './hybrid/settings.ts';
import { type AllSamples, targetOf } from './hybrid/target.ts';

/** A loss on the way. */
export interface HybridPoint {
  /** How often the loss has been computed by then. */
  readonly evaluations: number;
  readonly loss: number;
  readonly phase: 'first' | 'then';
}

/** What `hybrid` has done. */
export interface HybridResult {
  /** The loss at the end. */
  readonly value: number;
  /** The losses on the way: before each step of the first optimizer, then after each iteration of the second method. */
  readonly history: readonly HybridPoint[];
  /** How many steps the first optimizer has taken. */
  readonly steps: number;
  /** Whether it came to a plateau, and not to its last step. */
  readonly plateau: boolean;
  /** The loss where the switch was made. */
  readonly valueAtSwitch: number;
  /** The iterations of the second method. */
  readonly iterations: number;
  /** How often the loss and its gradient were computed, by both. */
  readonly evaluations: number;
  /** Whether the second method met a tolerance. */
  readonly converged: boolean;
  /** Why it stopped. */
  readonly reason: StopReason;
}

/** Steps of the first optimizer, up to a plateau; returns whether there is one. */
function descend(
  loss: CountedLoss,
  variables: Variable[],
  { optimizer, plateau, maxSteps }: Settings,
  history: HybridPoint[],
): boolean {
  for (let step = 1; step <= maxSteps; step++) {
    const evaluations = loss.evaluations + 1;
    const cost = optimizer.minimize(loss.compute, true, variables);
    const value = cost!.dataSync()[0]!;
    cost!.dispose();
    if (!Number.isFinite(value)) {
      throw new Error(
        `hybrid: the loss is ${value} at step ${step} of the first optimizer; lower its learning rate`,
      );
    }
    history.push({ evaluations, loss: value, phase: 'first' });
    if (plateau.add(value)) return true;
  }
  return false;
}

/**
 * Trains with a first-order optimizer as long as that helps, then with curvature: the first gets near a minimum from
 * anywhere, the second settles in it within a few iterations. The switch is made on a plateau of the loss.
 *
 * All data are used at every step, and layers are as they are in use: nothing is dropped out. A loss that is drawn anew
 * at each evaluation misleads the line search of the second method. So would constraints, which change a step after it
 * was taken: a model whose trained weights have some is rejected; `fit` keeps them.
 *
 * @param f a function without arguments that returns the loss, a scalar tensor; or a tf.LayersModel that was compiled
 * @param variables what the loss depends on, a tf.Variable or a tree of them; for a model the data, `[x, y]` or `{ x, y }`
 * @param options `first`: an optimizer (that of `model.compile`, else adam); `then`: 'lbfgs', 'bfgs' or 'newton-cg';
 *   `patience` ≥ 1 (10), `minDelta` ≥ 0 (0.001): the plateau; `maxSteps` (1000) before the switch; and of
 *   `optimizers.minimize` `memory`, `tolerance`, `functionTolerance`, `stepTolerance`, `maxIterations`, `maxEvaluations`
 * @returns the loss at the end, the way there, where the switch was made, and why it ended; the variables are trained
 * @throws ArgumentError for arguments of another kind, options out of range and weights with constraints; Error for
 *   a loss that is not finite while the first optimizer is at work
 *
 * @example
 * const w = tf.variable(tf.tensor([-1.2, 1]));
 * const valley = () => tf.tidy(() => {
 *   const [x, y] = w.unstack();
 *   return y!.sub(x!.square()).square().mul(100).add(x!.sub(1).square()).asScalar();
 * });
 * const found = training.hybrid(valley, w, { first: optimizers.adam({ learningRate: 0.1 }) });
 *
 * @see Xie, Byrd & Nocedal, "Analysis of the BFGS Method with Errors", SIAM J. Optim. 30, 2020 (why noise hinders it)
 */
export function hybrid(f: () => Tensor, variables: Tree<Variable>, options?: HybridOptions): HybridResult;
export function hybrid(model: LayersModel, data: AllSamples, options?: HybridOptions): HybridResult;
export function hybrid(f: unknown, second: unknown, options: HybridOptions = {}): HybridResult {
  const settings = settingsOf(options, f instanceof LayersModel ? f : undefined);
  const target = targetOf(f, second);
  const loss = new CountedLoss(target.loss);
  const history: HybridPoint[] = [];
  try {
    const plateau = descend(loss, target.variables, settings, history);
    const steps = history.length;
    const { result, start } = refine(loss, target.variables, settings, history);
    const { value, iterations, converged, reason } = result;
    return {
      value,
      history,
      steps,
      plateau,
      valueAtSwitch: start,
      iterations,
      evaluations: loss.evaluations,
      converged,
      reason,
    };
  } finally {
    target.free();
    if (settings.isOwn) settings.optimizer.dispose();
  }
}

/** Iterations of the second method; `start` is the loss that they begin with. */
function refine(
  loss: CountedLoss,
  variables: Variable[],
  settings: Settings,
  history: HybridPoint[],
): { result: MinimizeResult<Variable[]>; start: number } {
  const before = loss.evaluations;
  let start: number | undefined;
  const first = (): Tensor => {
    const value = loss.compute();
    start ??= value.dataSync()[0]!;
    return value;
  };
  const result = minimize(first, variables, {
    ...settings.minimize,
    callback: ({ value, evaluations }) => {
      history.push({ evaluations: before + evaluations, loss: value, phase: 'then' });
    },
  });
  return { result, start: start! };
}
