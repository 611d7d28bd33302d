import { checkNumber, checkOptions } from '../core/check.ts';
import { add, mul } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `trace`. */
export interface TraceOptions {
  /** How much of the accumulated gradient stays, in [0, 1); 0.9 by default. */
  decay?: number | undefined;
  /** Whether to look one step ahead; false by default. */
  nesterov?: boolean | undefined;
}

/** The accumulated gradients. */
export type TraceState = { readonly trace: Params };

/**
 * Momentum: the decaying sum of the gradients.
 *
 * `m ← g + μ·m`; the update is `m`, with `nesterov` it is `g + μ·m`.
 *
 * @param options `decay` μ in [0, 1) (0.9), `nesterov` (false)
 * @returns a transform
 * @throws ArgumentError when `decay` is not in [0, 1), or the gradients of `update` differ from the
 * parameters of `init` in structure or shape
 *
 * @example
 * const momentum = transforms.chain(transforms.trace({ decay: 0.9 }), transforms.scaleByLearningRate(0.01));
 *
 * @see Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Sutskever et
 * al., "On the importance of initialization and momentum in deep learning", ICML 2013
 */
export function trace(options: TraceOptions = {}): GradientTransformation<TraceState> {
  checkOptions('trace', options, ['decay', 'nesterov']);
  const { decay = 0.9, nesterov = false } = options;
  checkNumber('trace', 'decay', decay, { min: 0, max: 1, exclusiveMax: true });
  return elementwise(
    {
      name: 'trace',
      slots: { trace: 0 },
      step: ({ g, slot }) => {
        const sum = add(g, mul(decay, slot('trace')));
        return { update: nesterov ? add(g, mul(decay, sum)) : sum, slots: { trace: sum } };
      },
    },
    { decay, nesterov },
  );
}
