import { Metric } from './metric.ts';
import { Panel } from './panel.ts';

/** What counts the pushes: a number that comes with them, or their own. */
export type Axis = 'epoch' | 'step';

/** How a record is kept. */
export interface RecordOptions {
  readonly metrics: readonly string[];
  readonly smoothing: number;
  readonly maxPoints: number;
}

/** Thrown for a push that has nothing to draw. */
export class PushError extends TypeError {
  override readonly name = 'PushError';

  constructor(received: string, allowed: string) {
    super(`liveChart.push: ${received}; allowed is ${allowed}`);
  }
}

const ALLOWED =
  "an object of numbers, such as { epoch: 1, loss: 0.5 }, with at least one beside 'epoch' and 'step'";

/** What was pushed, by metric, and which metrics stand together. */
export class RunRecord {
  readonly panels: Panel[] = [];
  axis: Axis = 'step';
  /** The place of the last push on the axis. */
  at: number | undefined;
  readonly #options: RecordOptions;
  readonly #metrics = new Map<string, Metric>();
  #count = 0;

  constructor(options: RecordOptions) {
    this.#options = options;
    for (const name of options.metrics) this.#metricOf(name);
  }

  /** The metrics that have a value, in the order in which they were announced or came. */
  get metrics(): Metric[] {
    return [...this.#metrics.values()].filter(({ last }) => last !== undefined);
  }

  push(values: unknown): void {
    const entries = entriesOf(values);
    const numbers: [string, number][] = [];
    let isEmpty = true;
    for (const [name, value] of entries) {
      if (name === 'epoch' || name === 'step') continue;
      isEmpty = false;
      if (value === undefined || value === null) continue;
      if (typeof value !== 'number')
        throw new PushError(`${name} is ${nameOf(value)}`, 'a number, null or undefined');
      numbers.push([name, value]);
    }
    if (isEmpty)
      throw new PushError(entries.length === 0 ? 'the object is empty' : 'no metric is given', ALLOWED);
    const x = this.#placeOf(values as { epoch?: unknown; step?: unknown });
    this.#count += 1;
    this.at = x;
    for (const [name, value] of numbers) this.#add(name, x, value);
  }

  #placeOf(values: { epoch?: unknown; step?: unknown }): number {
    if (this.#count === 0 && values.step === undefined && values.epoch !== undefined) this.axis = 'epoch';
    const given = values[this.axis];
    if (typeof given === 'number' && Number.isFinite(given)) return given;
    if (given !== undefined) throw new PushError(`${this.axis} is ${nameOf(given)}`, 'a finite number');
    if (this.axis === 'epoch')
      throw new PushError('epoch is missing', 'a finite number, as in the pushes before');
    // Without a number of their own pushes are counted, from where the numbers ended.
    return this.at === undefined ? 0 : this.at + 1;
  }

  #add(name: string, x: number, value: number): void {
    const metric = this.#metricOf(name);
    const isNew = metric.last === undefined;
    metric.add(x, value, this.#count);
    if (isNew) this.#place(metric, value);
  }

  #place(metric: Metric, value: number): void {
    let panel = this.panels.find((candidate) => candidate.suits(metric, value));
    if (!panel) {
      panel = new Panel(metric.kind);
      this.panels.push(panel);
    }
    panel.metrics.push(metric);
    const order = [...this.#metrics.keys()];
    panel.metrics.sort((one, two) => order.indexOf(one.name) - order.indexOf(two.name));
  }

  #metricOf(name: string): Metric {
    const known = this.#metrics.get(name);
    if (known) return known;
    const metric = new Metric(name, this.#options);
    this.#metrics.set(name, metric);
    return metric;
  }
}

function entriesOf(values: unknown): [string, unknown][] {
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return Object.entries(values);
  throw new PushError(`the argument is ${nameOf(values)}`, ALLOWED);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'object') {
    const hint = 'dataSync' in value ? ' (await x.data() or x.dataSync() gives its numbers)' : '';
    return `a ${value.constructor?.name ?? 'plain object'}${hint}`;
  }
  return typeof value === 'function' ? 'a function' : String(value);
}
