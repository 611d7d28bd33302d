import { dropout as drop, serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { DropoutLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/core.js';
import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { random } from '../core/random.ts';
import { DropoutBase } from './bases.ts';

/** Options of the dropout layers. */
export interface DropoutOptions {
  /** The share of the inputs that is dropped, in [0, 1): a rate of 0.2 keeps 80 %. */
  rate: number;
  /** The seed of the masks, an integer in [0, 2³² − 1]; without it they differ from run to run. */
  seed?: number | undefined;
  /** The layer's name. */
  name?: string | undefined;
}

type Config = DropoutLayerArgs & DropoutOptions;

const seeds = new WeakMap<object, () => number>();

/** The seed of a layer's next mask: another one for each, from the layer's own. */
function nextSeed(layer: object, seed: number): number {
  let next = seeds.get(layer);
  if (next === undefined) {
    const source = random(seed, 'dropout');
    next = () => source.integer(2 ** 31);
    seeds.set(layer, next);
  }
  return next();
}

/** Dropout whose masks differ from step to step also where they have a seed: tfjs draws one and the same each time. */
class SeededDropout extends DropoutBase {
  static override readonly className: string = 'Dropout';

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor | Tensor[] {
    this.invokeCallHook(inputs, kwargs);
    const { rate, seed } = this.getConfig() as unknown as Config;
    if (kwargs.training !== true || rate === 0) return inputs;
    const input = Array.isArray(inputs) ? inputs[0]! : inputs;
    const mask = seed == null ? undefined : nextSeed(this, seed);
    return tidy(() => drop(input, rate, (this.getNoiseShape(input) as number[] | null) ?? undefined, mask));
  }
}

/** Dropout with one mask for all places of a channel. */
class SpatialDropout extends SeededDropout {
  readonly #rank: number;

  constructor(config: Config, rank: number) {
    super(config);
    this.#rank = rank;
  }

  protected override getNoiseShape({ shape }: Tensor): number[] {
    if (shape.length !== this.#rank) {
      throw new ArgumentError(this.name, 'inputs', `the shape [${shape}]`, `of rank ${this.#rank}`);
    }
    return [shape[0]!, ...shape.slice(1, -1).map(() => 1), shape.at(-1)!];
  }
}

class SpatialDropout2D extends SpatialDropout {
  static override readonly className = 'SpatialDropout2D';
  constructor(config: Config) {
    super(config, 4);
  }
}

class SpatialDropout3D extends SpatialDropout {
  static override readonly className = 'SpatialDropout3D';
  constructor(config: Config) {
    super(config, 5);
  }
}

serialization.registerClass(SpatialDropout2D);
serialization.registerClass(SpatialDropout3D);

/** The layers of a model that drop inputs at random, by their class. */
export type DropoutLayer = InstanceType<typeof DropoutBase>;

function checked(where: string, options: DropoutOptions): Config {
  checkOptions(where, options, ['rate', 'seed', 'name']);
  const { rate, seed, name } = options;
  checkNumber(where, 'rate', rate, { min: 0, max: 1, exclusiveMax: true });
  if (seed !== undefined) random(seed, where);
  if (name !== undefined && typeof name !== 'string') {
    throw new ArgumentError(where, 'name', describe(name), 'a string');
  }
  return { rate, ...(seed !== undefined && { seed }), ...(name !== undefined && { name }) };
}

/**
 * A layer that drops a share of its inputs at random while the model trains.
 *
 * `y = x·m / (1 − rate)` with `m = 0` at a share `rate` of the places and 1 elsewhere: what is kept is scaled up, so that
 * the mean stays, and outside training the layer does nothing. The rate is the probability to drop, not to keep.
 * With a `seed` the masks are those of every run, and still another one at each step; `tf.layers.dropout` with a seed
 * draws the same mask at each step, which drops the same inputs for ever.
 *
 * @param options `rate` in [0, 1), `seed`, `name`
 * @returns a layer, saved as Keras's Dropout
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * tf.sequential({ layers: [tf.layers.dense({ units: 8, inputShape: [4] }), regularizers.dropout({ rate: 0.2, seed: 1 })] });
 *
 * @see Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", JMLR 15, 2014
 */
export function dropout(options: DropoutOptions): DropoutLayer {
  return new SeededDropout(checked('dropout', options));
}

/**
 * A layer that drops whole channels of images while the model trains: neighbours of a dropped place tell too much of it.
 *
 * As `dropout`, with one mask for all places of a channel.
 *
 * @param options `rate` in [0, 1), `seed`, `name`
 * @returns a layer for inputs [batch, height, width, channels], saved as Keras's SpatialDropout2D
 * @throws ArgumentError when an option is out of range, or the inputs have another rank
 *
 * @example
 * regularizers.spatialDropout2d({ rate: 0.2, seed: 1 });
 *
 * @see Tompson, Goroshin, Jain, LeCun & Bregler, "Efficient Object Localization Using Convolutional Networks", CVPR 2015
 */
export function spatialDropout2d(options: DropoutOptions): DropoutLayer {
  return new SpatialDropout2D(checked('spatialDropout2d', options));
}

/**
 * A layer that drops whole channels of volumes while the model trains.
 *
 * As `dropout`, with one mask for all places of a channel.
 *
 * @param options `rate` in [0, 1), `seed`, `name`
 * @returns a layer for inputs [batch, depth, height, width, channels], saved as Keras's SpatialDropout3D
 * @throws ArgumentError when an option is out of range, or the inputs have another rank
 *
 * @example
 * regularizers.spatialDropout3d({ rate: 0.2, seed: 1 });
 *
 * @see Tompson, Goroshin, Jain, LeCun & Bregler, "Efficient Object Localization Using Convolutional Networks", CVPR 2015
 */
export function spatialDropout3d(options: DropoutOptions): DropoutLayer {
  return new SpatialDropout3D(checked('spatialDropout3d', options));
}
