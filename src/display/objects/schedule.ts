import { type ScheduleDescription, scheduleDescription } from '../../core/described.ts';
import type { Schedule } from '../../core/types.ts';
import { sparkline } from '../sparkline.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from '../types.ts';
import { type VegaLiteChart, vegaLite } from '../vegaLite.ts';

/** A curve has no more points than this. */
const POINTS = 400;

/** A schedule as its curve, with what it was made of; undefined for a value that is none of ours. */
export function scheduleCurve(value: unknown): Displayable | undefined {
  const description = scheduleDescription(value);
  if (!description) return undefined;
  const { name, horizon } = description;
  const options = optionsText(description);
  const points = curve(value as Schedule, horizon);
  const chart = draw(points, name, options);
  const values = points.map((point) => point.value);
  const ends = `${short(values[0]!)} ${sparkline(values)} ${short(values.at(-1)!)}`;
  const text = `${name}(${options})\n${ends}  steps 0 to ${points.at(-1)!.step}`;
  return {
    [displaySymbol]: () => withText(chart[displaySymbol](), text),
    [metadataSymbol]: () => chart[metadataSymbol]?.() ?? {},
  };
}

interface Point {
  readonly step: number;
  readonly value: number;
}

/** At whole steps where there are few, since those are what an optimizer asks for. */
function curve(schedule: Schedule, horizon: number): Point[] {
  const last = Math.max(1, Math.ceil(horizon));
  const count = Math.min(last, POINTS);
  return Array.from({ length: count + 1 }, (_, i) => {
    const step = Math.round((i * last) / count);
    return { step, value: schedule(step) };
  });
}

function draw(points: readonly Point[], name: string, options: string): VegaLiteChart {
  return vegaLite({
    title: { text: name, subtitle: options },
    width: 400,
    height: 180,
    data: { values: points },
    mark: { type: 'line', tooltip: true },
    encoding: {
      x: { field: 'step', type: 'quantitative', title: 'step' },
      y: { field: 'value', type: 'quantitative', title: 'value' },
    },
  });
}

function withText(bundle: MimeBundle | Promise<MimeBundle>, text: string): MimeBundle | Promise<MimeBundle> {
  const add = (data: MimeBundle): MimeBundle => ({ ...data, 'text/plain': text });
  return bundle instanceof Promise ? bundle.then(add) : add(bundle);
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

function optionsText({ options }: ScheduleDescription): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${optionText(value)}`)
    .join(', ');
}

function optionText(value: unknown): string {
  if (typeof value === 'number') return short(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, 6).map(optionText).join(', ');
    return `[${shown}${value.length > 6 ? ', …' : ''}]`;
  }
  if (typeof value === 'function') return value.name || 'a function';
  if (typeof value === 'object' && value !== null) return `${(value as ScheduleDescription).name}(…)`;
  return String(value);
}
