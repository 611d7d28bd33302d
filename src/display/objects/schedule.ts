import { type ScheduleDescription, scheduleDescription } from '../../core/described.ts';
import { logarithmic } from '../../core/logarithmic.ts';
import type { Schedule } from '../../core/types.ts';
import type { ChartSize } from '../chartSize.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from '../types.ts';
import { type VegaLiteChart, vegaLite } from '../vegaLite.ts';
import { type CoursePoint, courseOf, courseText, shortValue } from './course.ts';

/** A schedule as its curve, with what it was made of; undefined for a value that is none of ours. */
export function scheduleCurve(value: unknown): Displayable | undefined {
  const description = scheduleDescription(value);
  if (!description) return undefined;
  const { name, horizon } = description;
  const options = optionsText(description);
  const points = courseOf(value as Schedule, horizon);
  const chart = courseChart([{ name, points }], { title: name, subtitle: options, log: false });
  const text = `${name}(${options})\n${courseText(points)}`;
  return {
    [displaySymbol]: () => withText(chart[displaySymbol](), text),
    [metadataSymbol]: () => chart[metadataSymbol]?.() ?? {},
  };
}

/** A schedule by its name, and its course. */
export interface NamedCourse {
  readonly name: string;
  readonly points: readonly CoursePoint[];
}

/** How a chart of courses looks. */
export interface CourseLook extends ChartSize {
  readonly title: string;
  readonly subtitle?: string;
  /** Whether values are on a logarithmic scale. */
  readonly log: boolean;
}

/** The courses of one or several schedules in one chart. */
export function courseChart(courses: readonly NamedCourse[], look: CourseLook): VegaLiteChart {
  const { title, subtitle, log, width = 400, height = 180 } = look;
  const isSeveral = courses.length > 1;
  const rows = courses.flatMap(({ name, points }) =>
    points
      .filter(({ value }) => !log || value > 0)
      .map((point) => (isSeveral ? { ...point, schedule: name } : point)),
  );
  const names = { field: 'schedule', type: 'nominal', sort: null, title: null };
  // That of the colours, which are named by then: keys of other domains would stand below each other.
  const domain = [...new Set(rows.map((row) => ('schedule' in row ? row.schedule : '')))];
  return vegaLite({
    title: { text: title, ...(subtitle === undefined ? {} : { subtitle }) },
    width,
    height,
    data: { values: rows },
    mark: { type: 'line', tooltip: true },
    encoding: {
      x: { field: 'step', type: 'quantitative', title: 'step' },
      y: { field: 'value', type: 'quantitative', title: 'value', ...(log && logarithmic) },
      ...(isSeveral && { color: names, strokeDash: { ...names, scale: { domain } } }),
    },
  });
}

function withText(bundle: MimeBundle | Promise<MimeBundle>, text: string): MimeBundle | Promise<MimeBundle> {
  const add = (data: MimeBundle): MimeBundle => ({ ...data, 'text/plain': text });
  return bundle instanceof Promise ? bundle.then(add) : add(bundle);
}

function optionsText({ options }: ScheduleDescription): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${optionText(value)}`)
    .join(', ');
}

function optionText(value: unknown): string {
  if (typeof value === 'number') return shortValue(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, 6).map(optionText).join(', ');
    return `[${shown}${value.length > 6 ? ', …' : ''}]`;
  }
  if (typeof value === 'function') return value.name || 'a function';
  if (typeof value === 'object' && value !== null) return `${(value as ScheduleDescription).name}(…)`;
  return String(value);
}
