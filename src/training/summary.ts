import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type AnyModel, type LayerLook, lookAtModel, modelText } from '../core/text/model.ts';
import { modelBundle } from '../display/objects/model.ts';
import { type Displayable, displaySymbol } from '../display/types.ts';
import { checkModel } from './batch.ts';

/** The layers of a model and its parameters. It shows itself as a table and a diagram. */
export interface ModelSummary extends Displayable {
  readonly layers: readonly LayerLook[];
  /** How many parameters there are. */
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
  /** The table as text. */
  toString(): string;
}

/**
 * The layers of a model with their shapes and parameters, and how many there are.
 *
 * @param model a tf.LayersModel
 * @returns `layers`, `total`, `trainable`, `nonTrainable`; a table and a diagram in a notebook, `String(…)` the table
 * @throws ArgumentError for anything else, and for a model whose input shape is not known
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
 * training.summary(model).total; // 16
 */
export function summary(model: LayersModel): ModelSummary {
  const checked = checkModel('summary', model) as unknown as AnyModel;
  const { layers, total, trainable } = lookAtModel(checked);
  const text = (): string => modelText(lookAtModel(checked));
  const parts = { layers, total, trainable, nonTrainable: total - trainable };
  return Object.defineProperties(parts, {
    toString: { value: text },
    [displaySymbol]: { value: () => modelBundle(checked) },
  }) as ModelSummary;
}
