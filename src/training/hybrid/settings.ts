import { Optimizer, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  ArgumentError,
  checkChoice,
  checkedFor,
  checkNumber,
  checkOptions,
  describe,
} from '../../core/check.ts';
import { adam, type MinimizeOptions, minimize } from '../../optimizers/index.ts';
import { Plateau } from './plateau.ts';

/** Options of `hybrid`. */
export interface HybridOptions {
  /** The optimizer to begin with; that of `model.compile`, or adam, by default. */
  first?: Optimizer | undefined;
  /** The method to end with; 'lbfgs' by default. */
  then?: 'lbfgs' | 'bfgs' | 'newton-cg' | undefined;
  /** The switch is made after so many steps without a lower loss; 10 by default. */
  patience?: number | undefined;
  /** By what share of the lowest loss so far a loss must be lower to count, at least 0; 0.001 by default. */
  minDelta?: number | undefined;
  /** The most steps that are taken before the switch; 1000 by default. */
  maxSteps?: number | undefined;
  /** Of the second method: see `optimizers.minimize`. */
  memory?: number | undefined;
  tolerance?: number | undefined;
  functionTolerance?: number | undefined;
  stepTolerance?: number | undefined;
  maxIterations?: number | undefined;
  maxEvaluations?: number | undefined;
}

const WHERE = 'hybrid';
const OWN = ['first', 'then', 'patience', 'minDelta', 'maxSteps'];
const PASSED = [
  ...['memory', 'tolerance', 'functionTolerance', 'stepTolerance', 'maxIterations', 'maxEvaluations'],
] as const;
const METHODS = ['lbfgs', 'bfgs', 'newton-cg'] as const;

/** What a hybrid training was asked to do, checked, with its defaults. */
export interface Settings {
  readonly optimizer: Optimizer;
  /** Whether nobody else has the optimizer. */
  readonly isOwn: boolean;
  readonly plateau: Plateau;
  readonly maxSteps: number;
  readonly minimize: Omit<MinimizeOptions<Variable[], Variable[]>, 'callback' | 'gradient'>;
}

/**
 * The settings of options.
 *
 * @throws ArgumentError for one that neither method takes, or that is out of range
 */
export function settingsOf(options: HybridOptions, model: LayersModel | undefined): Settings {
  checkOptions(WHERE, options, [...OWN, ...PASSED]);
  const { patience = 10, minDelta = 1e-3, maxSteps = 1000 } = options;
  const given = options.first ?? model?.optimizer;
  const first = given ?? adam();
  if (!(first instanceof Optimizer)) throw new ArgumentError(WHERE, 'first', describe(first), 'an optimizer');
  checkNumber(WHERE, 'patience', patience, { min: 1, integer: true });
  checkNumber(WHERE, 'minDelta', minDelta, { min: 0 });
  const passed = PASSED.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  const second = {
    method: checkChoice(WHERE, 'then', options.then ?? 'lbfgs', METHODS),
    ...Object.fromEntries(passed),
  };
  // Before the steps of the first optimizer, not after them.
  checkedFor(WHERE, () => minimize(() => 0, [0], second));
  return {
    optimizer: first,
    isOwn: given === undefined,
    plateau: new Plateau(patience, minDelta),
    maxSteps: checkNumber(WHERE, 'maxSteps', maxSteps, { min: 0, integer: true }),
    minimize: second,
  };
}
