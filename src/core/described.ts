import type { Schedule } from './types.ts';

/** Where a schedule keeps what it is, for whoever shows it. */
const scheduleSymbol: unique symbol = Symbol.for('descent.schedule');

/** What a schedule is made of. */
export interface ScheduleDescription {
  /** The name of its maker, such as `cosineDecay`. */
  readonly name: string;
  /** What its maker was given, with the defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** From this step on nothing new happens; of schedules without an end, enough steps to see their course. */
  readonly horizon: number;
}

/** Gives a schedule its name and its description. */
export function describeSchedule(schedule: Schedule, description: ScheduleDescription): Schedule {
  Object.defineProperty(schedule, 'name', { value: description.name, configurable: true });
  Object.defineProperty(schedule, scheduleSymbol, { value: Object.freeze(description) });
  return schedule;
}

/** The description of a schedule that one of our makers made; undefined for other values. */
export function scheduleDescription(value: unknown): ScheduleDescription | undefined {
  if (typeof value !== 'function' || !(scheduleSymbol in value)) return undefined;
  return value[scheduleSymbol] as ScheduleDescription;
}
