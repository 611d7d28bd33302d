import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { scheduleDescription } from '../core/described.ts';
import type { Schedule } from '../core/types.ts';
import { type ChartSize, chartSize } from '../display/chartSize.ts';
import { type CoursePoint, courseOf, courseText } from '../display/objects/course.ts';
import { type Displayable, displaySymbol, inspectSymbol, metadataSymbol } from '../display/types.ts';

/** Options of `plot`. */
export interface PlotOptions extends ChartSize {
  /** The last step n > 0 that is shown; the end of the schedule that is last to end if left out. */
  steps?: number | undefined;
  /** Whether values are on a logarithmic scale, from which values of 0 are left out; false by default. */
  log?: boolean | undefined;
  /** The title of the chart. */
  title?: string | undefined;
}

/** A chart of schedules; `String(…)` gives each of them in a line. */
export interface SchedulePlot extends Displayable {
  /** What is drawn: the value at some steps, by the name of the schedule. */
  readonly values: Readonly<Record<string, readonly CoursePoint[]>>;
  toString(): string;
}

/** How far schedules without an end are shown. */
const UNENDED = 100;

/**
 * Draws schedules in one chart, to compare them before training.
 *
 * @param schedules a schedule, or several by name; numbers are constant, and functions of one's own are welcome
 * @param options `steps`: the last step shown; `log`: a logarithmic scale of values; `title`; `width` and `height`
 * @returns a displayable chart, with the `values` that it draws
 * @throws ArgumentError for what is no schedule, and for an option that is not allowed
 *
 * @example
 * const cosine = schedules.cosineDecay({ initialValue: 0.1, decaySteps: 900 });
 * schedules.plot({ cosine, warmed: schedules.warmup({ steps: 100, then: cosine }) }, { steps: 1000 });
 */
export function plot(
  schedules: number | Schedule | Readonly<Record<string, number | Schedule>>,
  options: PlotOptions = {},
): SchedulePlot {
  checkOptions('plot', options, ['steps', 'log', 'title', 'width', 'height']);
  const { steps, log = false, title } = options;
  if (steps !== undefined) checkNumber('plot', 'steps', steps, { min: 0, exclusiveMin: true });
  if (typeof log !== 'boolean') throw new ArgumentError('plot', 'log', describe(log), 'true or false');
  const size = chartSize('plot', options);
  const named = namedSchedules(schedules);
  const ends = named.map(([, schedule]) => scheduleDescription(schedule)?.horizon ?? 0);
  const last = steps ?? (Math.max(...ends) || UNENDED);
  const courses = named.map(([name, schedule]) => ({ name, points: courseOf(schedule, last) }));
  const heading = title ?? (courses.length === 1 ? courses[0]!.name : 'Schedules');
  const text = (): string =>
    [heading, ...courses.map(({ name, points }) => `${name}: ${courseText(points)}`)].join('\n');
  // Charts are loaded when there is one to draw.
  const chart = async () => {
    const { courseChart } = await import('../display/objects/schedule.ts');
    return courseChart(courses, { title: heading, log, ...size });
  };
  let metadata: Record<string, unknown> = {};
  const shown = {
    values: Object.fromEntries(courses.map(({ name, points }) => [name, points])),
    toString: text,
    [displaySymbol]: async () => {
      const drawn = await chart();
      const data = await drawn[displaySymbol]();
      metadata = drawn[metadataSymbol]?.() ?? {};
      return { ...data, 'text/plain': text() };
    },
    [metadataSymbol]: () => metadata,
  };
  return Object.defineProperty(shown, inspectSymbol, { value: text, enumerable: true });
}

function namedSchedules(given: unknown): [name: string, Schedule][] {
  if (typeof given === 'function' || typeof given === 'number') {
    const name = (typeof given === 'function' && given.name) || 'schedule';
    return [[name, scheduleOf('schedules', given)]];
  }
  const isRecord = typeof given === 'object' && given !== null && !Array.isArray(given);
  const entries = isRecord ? Object.entries(given as Record<string, unknown>) : [];
  if (entries.length === 0) {
    const allowed = 'a schedule, or an object of schedules by name';
    throw new ArgumentError('plot', 'schedules', describe(given), allowed);
  }
  return entries.map(([name, value]) => [name, scheduleOf(`schedules.${name}`, value)]);
}

function scheduleOf(argument: string, value: unknown): Schedule {
  if (typeof value === 'function') return value as Schedule;
  if (typeof value === 'number' && Number.isFinite(value)) return () => value;
  throw new ArgumentError('plot', argument, describe(value), 'a function of the step or a finite number');
}
