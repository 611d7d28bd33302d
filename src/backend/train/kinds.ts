import {
  AdadeltaOptimizer,
  AdagradOptimizer,
  AdamaxOptimizer,
  AdamOptimizer,
  backend,
  MomentumOptimizer,
  type Optimizer,
  RMSPropOptimizer,
  SGDOptimizer,
} from '@tensorflow/tfjs-core';
import type { UpdateRule } from '../../core/updates/rules.ts';

/** What tfjs keeps its numbers in; its declarations hide most of them. */
export interface Settings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly useNesterov: boolean;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
  readonly rho: number;
  readonly centered: boolean;
  readonly initialAccumulatorValue: number;
  readonly iterations: number;
}

/** A list of tensors of the state, one a variable. */
export interface SlotList {
  /** The property of the optimizer that holds the list. */
  readonly property: string;
  /** What follows the name of the variable in the name of the tensor. */
  readonly suffix: string;
}

/** An optimizer of tfjs as a rule with the lists of its state. */
export interface Kind {
  readonly type: { readonly prototype: Optimizer };
  /** In the order of the slots of the rule. */
  readonly lists: (settings: Settings) => readonly SlotList[];
  /** What a state holds at first; 0 by default. */
  readonly start?: (settings: Settings) => number;
  readonly rule: (settings: Settings) => UpdateRule;
  /** Scalars that the constructor makes, which the rule does not need. */
  readonly scalars: readonly string[];
}

const list = (property: string, suffix: string): SlotList => ({ property, suffix });

const MOMENTS = [list('accumulatedFirstMoment', 'm'), list('accumulatedSecondMoment', 'v')];
const NORMS = [list('accumulatedFirstMoment', 'm'), list('accumulatedWeightedInfNorm', 'v')];
const SQUARES = [list('accumulatedMeanSquares', 'rms'), list('accumulatedMoments', 'momentum')];
const MEAN = list('accumulatedMeanGrads', 'mg');
const DELTAS = [list('accumulatedGrads', 'accum_grad'), list('accumulatedUpdates', 'accum_var')];

/** The optimizers of tfjs; a class comes after those that extend it. */
export const KINDS: readonly Kind[] = [
  {
    type: MomentumOptimizer,
    lists: () => [list('accumulations', 'momentum')],
    rule: ({ learningRate, momentum, useNesterov: nesterov }) => ({
      name: 'momentum',
      learningRate,
      momentum,
      nesterov,
    }),
    scalars: ['c', 'm'],
  },
  {
    type: SGDOptimizer,
    lists: () => [],
    rule: ({ learningRate }) => ({ name: 'sgd', learningRate }),
    scalars: ['c'],
  },
  {
    type: AdamOptimizer,
    lists: () => MOMENTS,
    rule: ({ learningRate, beta1, beta2, epsilon }) => ({
      name: 'adam',
      learningRate,
      beta1,
      beta2,
      epsilon,
    }),
    scalars: ['accBeta1', 'accBeta2'],
  },
  {
    type: AdamaxOptimizer,
    lists: () => NORMS,
    rule: ({ learningRate, beta1, beta2, epsilon, decay, iterations }) => ({
      name: 'adamax',
      learningRate: learningRate / (1 + decay * iterations),
      beta1,
      beta2,
      epsilon,
    }),
    scalars: ['iteration', 'accBeta1'],
  },
  {
    type: AdagradOptimizer,
    lists: () => [list('accumulatedGrads', 'accumulator')],
    start: ({ initialAccumulatorValue }) => initialAccumulatorValue,
    rule: ({ learningRate }) => ({ name: 'adagrad', learningRate, epsilon: backend().epsilon() }),
    scalars: [],
  },
  {
    type: AdadeltaOptimizer,
    lists: () => DELTAS,
    rule: ({ learningRate, rho, epsilon }) => ({ name: 'adadelta', learningRate, rho, epsilon }),
    scalars: [],
  },
  {
    type: RMSPropOptimizer,
    lists: ({ centered }) => (centered ? [...SQUARES, MEAN] : SQUARES),
    rule: ({ learningRate, decay, momentum, epsilon, centered }) => ({
      name: centered ? 'rmspropCentered' : 'rmspropMomentum',
      learningRate,
      decay,
      momentum,
      epsilon,
    }),
    scalars: [],
  },
];
