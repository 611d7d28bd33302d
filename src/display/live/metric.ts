import { Series } from './series.ts';

/** What a name says of a metric. */
interface MetricName {
  /** The name that training and validation share: `loss` of `loss`, `val_loss`, `valLoss` and `trainLoss`. */
  readonly base: string;
  readonly isValidation: boolean;
}

/** Metrics of one kind may share an axis. */
export type MetricKind = 'loss' | 'score' | 'rate' | 'value';

const PART = /^(train|training|val|valid|validation|test)(?:[_ -]+(.+)|([A-Z].*))$/;
const ALONE = /^(train|training|val|valid|validation|test)$/;
const KINDS: readonly (readonly [MetricKind, RegExp])[] = [
  ['rate', /^(lr|rate|learning[_ ]?rate)$/i],
  ['loss', /loss|error|cost|mse|mae|rmse|perplexity|entropy|divergence|objective/i],
  ['score', /acc|precision|recall|auc|f1|score|iou|dice|jaccard|r2/i],
];

/** Which metric a name stands for, and whether for its validation. */
function metricName(name: string): MetricName {
  const [, part = '', spaced, camel] = PART.exec(name) ?? ALONE.exec(name) ?? [];
  const isValidation = part !== '' && !part.startsWith('train');
  const base = spaced ?? (camel === undefined ? undefined : camel[0]!.toLowerCase() + camel.slice(1));
  return { base: base ?? (part === '' ? name : 'value'), isValidation };
}

/** What kind of metric a name stands for. */
function metricKind(base: string): MetricKind {
  return KINDS.find(([, pattern]) => pattern.test(base))?.[0] ?? 'value';
}

/** Where a value was no finite number. */
export interface Failure {
  readonly x: number;
  readonly value: number;
}

/** How many failures are remembered: of a run that diverges all that follow are. */
const MAX_FAILURES = 3;

/** From here on no axis can be reckoned: a value as good as infinite. */
const HUGE = 1e300;

/** One metric over time. */
export class Metric {
  readonly name: string;
  readonly base: string;
  readonly isValidation: boolean;
  readonly kind: MetricKind;
  /** The values as they came. */
  readonly raw: Series;
  /** Their moving mean; undefined where nothing is smoothed. */
  readonly smooth: Series | undefined;
  /** The first values that were no finite numbers, and how many there were. */
  readonly failures: Failure[] = [];
  failureCount = 0;
  last: number | undefined;
  readonly #smoothing: number;
  #pushes = 0;
  #sum = 0;
  #weight = 0;

  constructor(name: string, options: { smoothing: number; maxPoints: number }) {
    this.name = name;
    const { base, isValidation } = metricName(name);
    this.base = base;
    this.isValidation = isValidation;
    this.kind = metricKind(base);
    this.raw = new Series(options.maxPoints);
    this.smooth = options.smoothing > 0 ? new Series(options.maxPoints) : undefined;
    this.#smoothing = options.smoothing;
  }

  /** The line that is looked at. */
  get line(): Series {
    return this.smooth ?? this.raw;
  }

  /** A value, and how many pushes the chart has seen. */
  add(x: number, value: number, pushes: number): void {
    this.last = value;
    if (!(Math.abs(value) < HUGE)) {
      this.raw.break();
      this.smooth?.break();
      this.failureCount += 1;
      if (this.failures.length < MAX_FAILURES) this.failures.push({ x, value });
      return;
    }
    this.raw.add(x, value);
    if (!this.smooth) return;
    // The past fades with every push of the chart: what comes seldom is hardly smoothed.
    const past = this.#smoothing ** Math.max(1, pushes - this.#pushes);
    this.#pushes = pushes;
    this.#sum = past * this.#sum + (1 - past) * value;
    this.#weight = past * this.#weight + (1 - past);
    this.smooth.add(x, this.#sum / this.#weight);
  }
}
