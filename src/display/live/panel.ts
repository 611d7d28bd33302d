import type { Metric, MetricKind } from './metric.ts';
import { logScale, type Scale, stepScale, valueScale } from './scale.ts';

/** Metrics whose values differ by more than this factor are not drawn over one another. */
const FAR = 30;

/** Metrics that share their axes. */
export class Panel {
  readonly kind: MetricKind;
  readonly metrics: Metric[] = [];

  constructor(kind: MetricKind) {
    this.kind = kind;
  }

  /** Whether a metric whose first value this is can be read beside those that are here. */
  suits(metric: Metric, value: number): boolean {
    if (this.metrics.some(({ base }) => base === metric.base)) return true;
    if (metric.kind !== this.kind) return false;
    const sizes = this.metrics.map(({ last }) => Math.abs(last ?? 0)).filter((size) => size > 0);
    const size = Math.abs(value);
    return size === 0 || sizes.every((other) => size / other < FAR && other / size < FAR);
  }

  get title(): string {
    const bases = new Set(this.metrics.map(({ base }) => base));
    return bases.size === 1 ? [...bases][0]! : this.kind === 'value' ? 'value' : this.kind;
  }

  /** Whether all values are to be on a logarithmic axis. */
  isLog(wanted: boolean): boolean {
    return wanted && this.kind !== 'score' && this.metrics.some(({ raw }) => (raw.last?.y ?? 0) > 0);
  }

  /** The axis of values, over all that is drawn. */
  values(wantsLog: boolean): Scale {
    const isLog = this.isLog(wantsLog);
    const [low, high] = extent(
      this.metrics.flatMap(({ raw }) => raw.points().map(({ y }) => y)),
      (value) => !isLog || value > 0,
    );
    if (isLog) return logScale(low, high, 5);
    return valueScale(low, high, 5);
  }

  /** The axis of steps. */
  steps(): Scale {
    const places = this.metrics.flatMap(({ raw, failures }) => [
      ...raw.points().map(({ x }) => x),
      ...failures.map(({ x }) => x),
    ]);
    const [low, high] = extent(places, () => true);
    return stepScale(low, high, 6);
  }
}

function extent(values: readonly number[], counts: (value: number) => boolean): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!counts(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
