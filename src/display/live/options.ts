import { ArgumentError, checkNumber, checkOptions, describe } from '../../core/check.ts';
import type { RecordOptions } from './record.ts';

/** Options of `liveChart`. */
export interface LiveChartOptions {
  /** The metrics to come, in the order of the legend; others are added when they come. */
  metrics?: readonly string[] | undefined;
  /** What stands above the chart. */
  title?: string | undefined;
  /** The weight of the past in a moving mean, in [0, 1); 0, no smoothing, by default. The values stay, faintly. */
  smoothing?: number | undefined;
  /** Whether the axes of values are logarithmic, but for scores such as an accuracy; false by default. */
  logScale?: boolean | undefined;
  /** The most points of a line, an integer of at least 20; 500 by default. */
  maxPoints?: number | undefined;
}

/** What a chart is made with. */
export type Settings = RecordOptions & { readonly title: string; readonly logScale: boolean };

const NAMES = ['metrics', 'title', 'smoothing', 'logScale', 'maxPoints'];
const WHERE = 'liveChart';

function checkMetrics(metrics: unknown): readonly string[] {
  const isNames = Array.isArray(metrics) && metrics.every((name) => typeof name === 'string' && name !== '');
  const isFree = isNames && !metrics.includes('epoch') && !metrics.includes('step');
  if (isFree && new Set(metrics).size === metrics.length) return metrics as string[];
  const allowed = "an array of different names, of which none is 'epoch' or 'step'";
  throw new ArgumentError(WHERE, 'metrics', describe(metrics), allowed);
}

/** The options, checked; one that is left out has its default. */
export function settingsOf(options: LiveChartOptions): Settings {
  checkOptions(WHERE, options, NAMES);
  const { metrics = [], title = '', smoothing = 0, logScale = false, maxPoints = 500 } = options;
  if (typeof title !== 'string') throw new ArgumentError(WHERE, 'title', describe(title), 'a string');
  if (typeof logScale !== 'boolean') {
    throw new ArgumentError(WHERE, 'logScale', describe(logScale), 'true or false');
  }
  return {
    metrics: checkMetrics(metrics),
    title,
    smoothing: checkNumber(WHERE, 'smoothing', smoothing, { min: 0, max: 1, exclusiveMax: true }),
    logScale,
    maxPoints: checkNumber(WHERE, 'maxPoints', maxPoints, { min: 20, max: 10_000, integer: true }),
  };
}
