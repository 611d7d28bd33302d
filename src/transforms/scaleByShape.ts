import { clone, mul, type Tensor } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { mapTree, tidyTree } from '../core/tree.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByShape`. */
export interface ScaleByShapeOptions {
  /** The root mean square ρ ≥ 0 of the updates, whatever their shape; undefined, by default, for the width's factor. */
  consistentRms?: number | undefined;
}

/**
 * Scales orthogonal updates of matrices so that one learning rate fits all shapes.
 *
 * Of m inputs and n outputs, `u = g·√max(1, n/m)`; with `consistentRms` ρ, `u = g·ρ·√max(m, n)`, of root mean square
 * ρ where g is orthogonal. 0.2 is about that of AdamW.
 *
 * @param options `consistentRms` ρ ≥ 0 (none)
 * @returns a transform without state; the inputs of a tensor are all axes but the last
 * @throws ArgumentError when `consistentRms` is below 0
 *
 * @example
 * const t = transforms.chain(transforms.scaleByMuon(), transforms.scaleByShape({ consistentRms: 0.2 }));
 *
 * @see Liu et al., "Muon is Scalable for LLM Training", 2025 (`consistentRms`)
 */
export function scaleByShape(
  options: ScaleByShapeOptions = {},
): GradientTransformation<Record<string, never>> {
  checkOptions('scaleByShape', options, ['consistentRms']);
  const { consistentRms: rms } = options;
  if (rms !== undefined) checkNumber('scaleByShape', 'consistentRms', rms, { min: 0 });
  const scaled = (g: Tensor): Tensor => {
    const outputs = g.shape.at(-1) ?? 1;
    const inputs = g.size / outputs;
    const factor = rms === undefined ? Math.max(1, outputs / inputs) : rms ** 2 * Math.max(inputs, outputs);
    return factor === 1 ? clone(g) : mul(g, Math.sqrt(factor));
  };
  const transform: GradientTransformation<Record<string, never>> = {
    init: () => ({}),
    update: (grads, state) => ({ updates: tidyTree(() => mapTree(scaled, grads)), state }),
  };
  return described(transform, { kind: 'transform', name: 'scaleByShape', options: { consistentRms: rms } });
}
