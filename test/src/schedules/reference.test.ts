import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as schedules from '../../../src/schedules/index.ts';

/** What test/reference/schedules.py writes. */
interface Fixture {
  readonly libraries: Readonly<Record<string, string>>;
  readonly cases: readonly {
    readonly library: string;
    readonly name: string;
    readonly ours: Call;
    readonly steps: readonly number[];
    readonly values: readonly number[];
    readonly accuracy: number;
  }[];
  readonly plateaus: readonly {
    readonly name: string;
    readonly options: schedules.PlateauOptions;
    readonly metrics: readonly (number | null)[];
    readonly values: readonly number[];
  }[];
}

interface Call {
  readonly maker: string;
  readonly args: readonly unknown[];
}

type Maker = (...args: unknown[]) => unknown;

const path = new URL('../../reference/fixtures/schedules.json', import.meta.url);
const fixture = JSON.parse(readFileSync(path, 'utf8')) as Fixture;

const isCall = (value: unknown): value is Call =>
  typeof value === 'object' && value !== null && 'maker' in value;

const makers = new Map<string, unknown>(Object.entries(schedules));

/** A schedule, and those within it. */
function make(value: unknown): unknown {
  if (isCall(value)) return Reflect.apply(makers.get(value.maker) as Maker, undefined, value.args.map(make));
  if (Array.isArray(value)) return value.map(make);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, make(item)]));
}

/** The largest error, as a share of the largest value. */
function distance(actual: readonly number[], expected: readonly number[]): number {
  const errors = actual.map((value, i) => Math.abs(value - expected[i]!));
  return Math.max(...errors) / Math.max(...expected.map(Math.abs));
}

describe.each(Object.entries(fixture.libraries))('%s %s', (library) => {
  const cases = fixture.cases.filter((one) => one.library === library);
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { ours, steps, values, accuracy }) => {
    const schedule = make(ours) as schedules.Schedule;
    expect(steps.length).toBeGreaterThan(5);
    expect(distance(steps.map(schedule), values)).toBeLessThan(accuracy);
  });
});

describe('ReduceLROnPlateau of PyTorch', () => {
  test.each(fixture.plateaus.map((one) => [one.name, one] as const))('%s', (_, plateau) => {
    const schedule = schedules.reduceOnPlateau(plateau.options);
    const values = plateau.metrics.map((metric) => schedule.report(metric ?? Number.NaN));
    expect(distance(values, plateau.values)).toBeLessThan(1e-12);
  });
});
