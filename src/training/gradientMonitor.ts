import { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { isNotebook } from '../display/channel.ts';
import { display } from '../display/display.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from '../display/types.ts';
import type { Callback, Logs, Run } from './callbacks.ts';
import { layersOf, normOf } from './fit/layers.ts';
import { normChart } from './gradients/chart.ts';
import { NormRecord } from './gradients/record.ts';
import { type GradientWarning, warningsOf } from './gradients/warnings.ts';

/** Options of `gradientMonitor`. */
export interface GradientMonitorOptions {
  /** Every how many steps of `fit` it looks, at least 1; 1 by default. */
  every?: number | undefined;
  /** At which share of the largest norm of a layer in the same step one vanishes, in [0, 1); 1e-4 by default, 0 for never. */
  vanishing?: number | undefined;
  /** Above which norm it explodes, above 0; 1000 by default. */
  exploding?: number | undefined;
  /** Whether warnings are printed, each kind once for each layer; true by default. */
  warn?: boolean | undefined;
  /** Whether a notebook shows the chart when the training ends; true by default. */
  show?: boolean | undefined;
}

/** A monitor of gradients. It shows itself as a chart. */
export interface GradientMonitor extends Callback, Displayable {
  /** Adds the gradients of a step, by the names of the weights: `dense/kernel` and `dense/bias` are of the layer `dense`. */
  push(step: number, gradients: Readonly<Record<string, Tensor>>): void;
  /** The steps that were looked at. */
  readonly steps: readonly number[];
  /** The norms in those steps, by layer. */
  readonly norms: Readonly<Record<string, readonly number[]>>;
  /** What there was to warn of, the first of each kind for each layer. */
  readonly warnings: readonly GradientWarning[];
}

interface State {
  readonly layers: readonly string[];
  readonly record: ReturnType<NormRecord['save']>;
  readonly warnings: readonly GradientWarning[];
}

const WHERE = 'gradientMonitor';
const NAMES = ['every', 'vanishing', 'exploding', 'warn', 'show'];

/** `dense_Dense1/kernel` is a weight of `dense_Dense1`. */
const layerByName = (weight: string): string =>
  weight.slice(0, Math.max(0, weight.lastIndexOf('/'))) || weight;

function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(WHERE, name, describe(value), 'true or false');
}

class Monitoring implements GradientMonitor {
  readonly name: string = WHERE;
  readonly warnings: GradientWarning[] = [];
  readonly #record = new NormRecord();
  readonly #every: number;
  readonly #limits: { readonly vanishing: number; readonly exploding: number };
  readonly #warns: boolean;
  readonly #shows: boolean;
  /** The layers by the names of their weights. */
  #layers: ReadonlyMap<string, string> = new Map();
  #names: readonly string[] = [];
  #chart: Displayable | undefined;
  /** The names that the layers had in the training that goes on. */
  #earlier: readonly string[] | undefined;

  constructor(options: GradientMonitorOptions) {
    const { every = 1, vanishing = 1e-4, exploding = 1000, warn = true, show = true } = options;
    this.#every = checkNumber(WHERE, 'every', every, { min: 1, integer: true });
    this.#limits = {
      vanishing: checkNumber(WHERE, 'vanishing', vanishing, { min: 0, max: 1, exclusiveMax: true }),
      exploding: checkNumber(WHERE, 'exploding', exploding, { min: 0, exclusiveMin: true }),
    };
    this.#warns = flag('warn', warn);
    this.#shows = flag('show', show);
  }

  get steps(): readonly number[] {
    return this.#record.steps;
  }

  get norms(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#record.norms);
  }

  push(step: number, gradients: Readonly<Record<string, Tensor>>): void {
    checkNumber(`${WHERE}.push`, 'step', step, { min: 0 });
    const entries = gradients !== null && typeof gradients === 'object' ? Object.entries(gradients) : [];
    if (entries.length === 0 || entries.some(([, one]) => !(one instanceof Tensor))) {
      const allowed = 'an object of tensors by the names of weights, such as the grads of tf.variableGrads';
      throw new ArgumentError(`${WHERE}.push`, 'gradients', describe(gradients), allowed);
    }
    const byLayer = new Map<string, Tensor[]>();
    for (const [weight, gradient] of entries) {
      const layer = this.#layers.get(weight) ?? layerByName(weight);
      byLayer.set(layer, [...(byLayer.get(layer) ?? []), gradient]);
    }
    const norms = new Map([...byLayer].map(([layer, all]) => [layer, normOf(all)]));
    this.#record.add(step, norms);
    for (const warning of warningsOf(step, norms, this.#limits)) this.#tell(warning);
  }

  onTrainBegin({ model }: Run): void {
    const layers = layersOf(model);
    this.#names = layers.map(({ name }) => name);
    if (this.#earlier) this.#record.rename(new Map(this.#earlier.map((name, i) => [name, this.#names[i]!])));
    else {
      this.#record.clear();
      this.warnings.length = 0;
    }
    this.#earlier = undefined;
    const names = layers.flatMap((layer) =>
      layer.weights.map((weight): [string, string] => [weight.name, layer.name]),
    );
    this.#layers = new Map(names);
  }

  onGradients(step: number, gradients: Readonly<Record<string, Tensor>>): void {
    if (step % this.#every === 0) this.push(step, gradients);
  }

  onTrainEnd(_logs: Logs): void {
    if (this.#shows && isNotebook() && this.steps.length > 0) display(this);
  }

  getState(): State {
    return { layers: this.#names, record: this.#record.save(), warnings: this.warnings };
  }

  setState(state: unknown): void {
    const { layers, record, warnings } = state as State;
    this.#record.restore(record);
    this.warnings.splice(0, Number.POSITIVE_INFINITY, ...warnings);
    this.#earlier = layers;
  }

  [displaySymbol](): MimeBundle | Promise<MimeBundle> {
    if (this.steps.length === 0) return { 'text/plain': 'no gradients yet' };
    this.#chart = normChart(this.#record);
    return this.#chart[displaySymbol]();
  }

  [metadataSymbol](): Record<string, unknown> {
    return this.#chart?.[metadataSymbol]?.() ?? {};
  }

  #tell(warning: GradientWarning): void {
    const { kind, layer, message } = warning;
    if (this.warnings.some((one) => one.kind === kind && one.layer === layer)) return;
    this.warnings.push(warning);
    if (this.#warns) console.warn(`${WHERE}: ${message}`);
  }
}

/**
 * Watches the gradients of each layer: their norms over time, as a chart with a logarithmic axis, and a warning where
 * those of a layer vanish or explode.
 *
 * The norm of a layer is `‖g‖ = √Σgᵢ²` over all its weights. It vanishes when `‖g‖ ≤ vanishing · max‖g‖` over the
 * layers of the same step, and explodes when `‖g‖ > exploding` or is not finite. It reads the gradients from the back
 * end, which takes a pass over them in each step; `every` makes it seldom.
 *
 * @param options `every` (1) steps of `fit`; `vanishing` in [0, 1) (1e-4), `exploding` > 0 (1000), `warn` (true),
 *   `show` (true): whether a notebook shows the chart when the training ends
 * @returns a callback for `fit`; for a loop of your own, `push(step, gradients)`. With `steps`, `norms` by layer,
 *   `warnings`; it shows itself
 * @throws ArgumentError for an option that is out of range, or what are no gradients
 *
 * @example
 * const monitor = training.gradientMonitor({ exploding: 100 });
 * await training.fit(model, [x, y], { epochs: 5, callbacks: monitor });
 * @example
 * const monitor = training.gradientMonitor();
 * const w = tf.variable(tf.tensor1d([3, 4]), true, 'line/weights');
 * const { value, grads } = tf.variableGrads(() => w.square().sum());
 * monitor.push(1, grads); // monitor.norms is { line: [10] }
 *
 * @see Pascanu, Mikolov & Bengio, "On the difficulty of training recurrent neural networks", ICML 2013
 */
export function gradientMonitor(options: GradientMonitorOptions = {}): GradientMonitor {
  checkOptions(WHERE, options, NAMES);
  return new Monitoring(options);
}
