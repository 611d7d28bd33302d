/** How large the numbers of a layer are: Euclidean norms; undefined for what it has not, or what was not computed. */
export interface LayerNorms {
  readonly layer: string;
  readonly weights: number | undefined;
  readonly activations: number | undefined;
  readonly gradients: number | undefined;
}

/** What was not finite first. */
export type NonFinitePart = 'inputs' | 'weights' | 'activations' | 'targets' | 'loss' | 'gradients';

/** What is known of a loss that is not finite. */
export interface NonFinite {
  /** The step, counted from 1 over all epochs. */
  readonly step: number;
  readonly loss: number;
  readonly part: NonFinitePart;
  /** The layer that the part is of. */
  readonly layer: string;
  /** The norms of all layers, in the order in which they compute. */
  readonly norms: readonly LayerNorms[];
}

/** A number as texts of norms have it: three digits, and a power of ten from ten million on. */
export function normText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : 'NaN';
  const rounded = Number(value.toPrecision(3));
  return rounded < 1e7 ? String(rounded) : rounded.toExponential();
}

/**
 * Thrown when a loss or a gradient is NaN or infinite: it names the step, the layer where that began, and the norms of
 * each layer. What is trained is then as it was before that step.
 */
export class NonFiniteError extends Error implements NonFinite {
  override readonly name = 'NonFiniteError';
  readonly step: number;
  readonly loss: number;
  readonly part: NonFinitePart;
  readonly layer: string;
  readonly norms: readonly LayerNorms[];

  constructor(found: NonFinite, message: string) {
    super(message);
    this.step = found.step;
    this.loss = found.loss;
    this.part = found.part;
    this.layer = found.layer;
    this.norms = found.norms;
  }
}
