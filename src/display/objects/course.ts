import type { Schedule } from '../../core/types.ts';
import { sparkline } from '../sparkline.ts';

/** A curve has no more points than this. */
const POINTS = 400;

/** A value of a schedule at a step. */
export interface CoursePoint {
  readonly step: number;
  readonly value: number;
}

/** A schedule from step 0 on: at whole steps where there are few, since those are what an optimizer asks for. */
export function courseOf(schedule: Schedule, horizon: number): CoursePoint[] {
  const last = Math.max(1, Math.ceil(horizon));
  const count = Math.min(last, POINTS);
  return Array.from({ length: count + 1 }, (_, i) => {
    const step = Math.round((i * last) / count);
    return { step, value: schedule(step) };
  });
}

/** A course in one line: its ends, and its shape between them. */
export function courseText(points: readonly CoursePoint[]): string {
  const values = points.map((point) => point.value);
  const ends = `${shortValue(values[0]!)} ${sparkline(values)} ${shortValue(values.at(-1)!)}`;
  return `${ends}  steps 0 to ${points.at(-1)!.step}`;
}

/** Three digits of a value. */
export const shortValue = (value: number): string => String(Number(value.toPrecision(3)));
