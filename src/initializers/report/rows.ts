/** How far the numbers of one layer spread. */
export interface LayerVariance {
  readonly name: string;
  readonly kind: string;
  /** Of what comes out of the layer, over batch and units. */
  readonly mean: number;
  readonly variance: number;
  readonly standardDeviation: number;
  /** The share of units that are 0 for every sample of the batch. */
  readonly dead: number;
  /** The standard deviation of the gradients of its weights about 0; null without targets. */
  readonly gradient: number | null;
  /** Whether it is an output of the model, whose spread is that of predictions. */
  readonly isOutput: boolean;
}

/** Beyond this factor of the spread of the batch a layer is warned of. */
const FACTOR = 10;

function finding({ name, standardDeviation: spread }: LayerVariance, input: number): string | undefined {
  if (!Number.isFinite(spread)) return `${name} explodes: its numbers are not finite`;
  const ratio = spread / input;
  if (ratio > FACTOR) return `${name} explodes: ${ratio.toPrecision(2)} times the spread of the batch`;
  if (ratio < 1 / FACTOR) return `${name} vanishes: ${ratio.toPrecision(2)} times the spread of the batch`;
  return undefined;
}

/** What is wrong with the hidden layers. */
export function findings(layers: readonly LayerVariance[], input: number): string[] {
  return layers
    .filter(({ isOutput }) => !isOutput)
    .map((layer) => finding(layer, input))
    .filter((text) => text !== undefined);
}
