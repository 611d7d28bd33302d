import {
  lookahead as around,
  type GradientTransformation,
  type LookaheadOptions,
} from '../transforms/index.ts';
import { registerMaker } from './makers.ts';
import type { Optimizer } from './optimizer.ts';
import { savedInner, wrapped } from './wrapped.ts';

/**
 * Lookahead around an optimizer: every k steps the weights go back to slow ones, which move a part of the way.
 *
 * @param inner the optimizer that makes the fast steps
 * @param options `syncPeriod` k ≥ 1 (6), `slowStep` in (0, 1] (0.5)
 * @returns an optimizer; `withEvaluationWeights` evaluates with the slow weights
 * @throws ArgumentError when an argument is out of range
 *
 * @example
 * const optimizer = optimizers.lookahead(optimizers.adam());
 *
 * @see Zhang et al., "Lookahead Optimizer: k steps forward, 1 step back", NeurIPS 2019
 */
export function lookahead(inner: GradientTransformation, options: LookaheadOptions = {}): Optimizer {
  return wrapped('lookahead', inner, around(inner, options), options);
}

registerMaker('lookahead', (saved) => {
  const { inner, options } = savedInner(saved);
  return lookahead(inner, options);
});
