import { normText } from '../nonFinite.ts';

/** What is wrong with the gradients of a layer. */
export interface GradientWarning {
  readonly kind: 'vanishing' | 'exploding';
  readonly layer: string;
  /** The step where it was first so. */
  readonly step: number;
  /** The norm of the layer's gradients there. */
  readonly norm: number;
  /** What it is beside: the largest norm of a layer in this step; of exploding ones the limit. */
  readonly reference: number;
  /** All of it in words. */
  readonly message: string;
}

/** From where on a norm is worth a warning. */
export interface Limits {
  readonly vanishing: number;
  readonly exploding: number;
}

function vanishing(
  step: number,
  layer: string,
  norm: number,
  [most, largest]: readonly [string, number],
  limit: number,
): GradientWarning {
  const share =
    largest === 0
      ? 'all of them are 0'
      : `${normText(norm / largest)} of the largest, ${normText(largest)} of ${most}`;
  const message =
    `the gradients of ${layer} vanish: their norm is ${normText(norm)} at step ${step}, ${share} ` +
    `(the limit is ${limit}). Other activations or initializers, normalization or residual connections may help`;
  return { kind: 'vanishing', layer, step, norm, reference: largest, message };
}

function exploding(step: number, layer: string, norm: number, limit: number): GradientWarning {
  const message =
    `the gradients of ${layer} explode: their norm is ${normText(norm)} at step ${step} (the limit is ${limit}). ` +
    'A smaller learning rate or gradients that are clipped may help';
  return { kind: 'exploding', layer, step, norm, reference: limit, message };
}

/** What is to be said of the norms of a step, in the order of the layers. */
export function warningsOf(
  step: number,
  norms: ReadonlyMap<string, number>,
  limits: Limits,
): GradientWarning[] {
  const finite = [...norms].filter(([, norm]) => Number.isFinite(norm));
  const largest = finite.reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number]);
  return [...norms].flatMap(([layer, norm]) => {
    if (!(norm <= limits.exploding)) return [exploding(step, layer, norm, limits.exploding)];
    const isSmall = limits.vanishing > 0 && norm <= limits.vanishing * largest[1];
    return isSmall ? [vanishing(step, layer, norm, largest, limits.vanishing)] : [];
  });
}
