import { isDate, isList, shortText } from '../../inspect.ts';
import { Checkbox } from '../buttons.ts';
import type { Widget } from '../define.ts';
import { Model } from '../model.ts';
import type { Offered } from '../options.ts';
import { DatePicker } from '../pickers.ts';
import { Dropdown } from '../selection.ts';
import { FloatSlider, IntSlider } from '../sliders.ts';
import { Text } from '../text.ts';
import { isRecord } from '../wire.ts';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  readonly value?: number | undefined;
}

/** A widget, or what is short for one. */
export type Control =
  | Widget
  | number
  | string
  | boolean
  | Date
  | Range
  | readonly unknown[]
  | ReadonlyMap<string, unknown>
  | Readonly<Record<string, unknown>>;

/** The type of the value that a control gives. */
export type ValueOf<A> = A extends Widget & { readonly value: infer V }
  ? V
  : A extends boolean
    ? boolean
    : A extends number
      ? number
      : A extends string
        ? string
        : A extends Date
          ? Date | null
          : A extends Range
            ? number
            : A extends readonly [number, number] | readonly [number, number, number]
              ? number
              : A extends readonly (readonly [string, infer V])[]
                ? V
                : A extends readonly (infer V)[]
                  ? V
                  : A extends ReadonlyMap<string, infer V>
                    ? V
                    : A extends Readonly<Record<string, infer V>>
                      ? V
                      : unknown;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const rangeKeys = new Set(['min', 'max', 'step', 'value']);

/** The widget of a control that `interact` was given. */
export function controlOf(name: string, given: unknown): Model {
  const own = given instanceof Model && 'value' in given.spec.traits;
  if (!own) return widgetOf(name, given);
  return given.get('description') === '' ? given.set({ description: name }) : given;
}

function widgetOf(name: string, given: unknown): Model {
  const made = (widget: unknown): Model => widget as Model;
  if (typeof given === 'boolean') return made(new Checkbox({ value: given, description: name }));
  if (typeof given === 'string') return made(new Text({ value: given, description: name }));
  if (isNumber(given)) return slider(name, around(given));
  if (isDate(given)) return made(new DatePicker({ value: given, description: name }));
  const range = rangeOf(given);
  if (range) return slider(name, range);
  const isOffer = isList(given) || given instanceof Map || (isRecord(given) && !(given instanceof Model));
  if (isOffer) return made(new Dropdown({ options: given as Offered<unknown>, description: name }));
  throw new TypeError(
    `interact: the control ${JSON.stringify(name)} is ${shortText(given)}; allowed are a widget with a value, a ` +
      'number, [min, max], [min, max, step], { min, max, step, value }, a boolean, a string, a Date, an array, a ' +
      'Map and an object from labels to values',
  );
}

/** As ipywidgets has it: from −v to 3v, and from 0 to 1 around 0. */
function around(value: number): Range {
  if (value === 0) return { min: 0, max: 1, value };
  return value > 0 ? { min: -value, max: 3 * value, value } : { min: 3 * value, max: -value, value };
}

/** `[16, 32, 64]` is none: no step is longer than its range. */
function rangeOf(given: unknown): Range | undefined {
  if (isList(given)) {
    if (!given.every(isNumber) || given.length < 2 || given.length > 3) return undefined;
    const [min, max, step] = given as [number, number, number?];
    return step !== undefined && (step <= 0 || step > max - min) ? undefined : { min, max, step };
  }
  if (!isRecord(given) || given instanceof Model || !isNumber(given.min) || !isNumber(given.max))
    return undefined;
  const isRange = Object.entries(given).every(([key, value]) => rangeKeys.has(key) && isNumber(value));
  return isRange ? (given as unknown as Range) : undefined;
}

function slider(name: string, range: Range): Model {
  const { min, max } = range;
  if (min > max) {
    throw new TypeError(
      `interact: the control ${JSON.stringify(name)} goes from ${min} to ${max}; allowed is min ≤ max`,
    );
  }
  const isWhole = [min, max, range.step ?? 0, range.value ?? 0].every(Number.isInteger);
  const step = range.step ?? (isWhole ? 1 : fineStep(max - min));
  const middle = min + Math.floor((max - min) / 2 / step + 1e-9) * step;
  const value = range.value ?? Number(middle.toPrecision(12));
  const traits = { min, max, step, value, description: name };
  if (isWhole) return new IntSlider(traits) as unknown as Model;
  const decimals = Math.max(2, Math.min(12, Math.ceil(-Math.log10(step) - 1e-9)));
  return new FloatSlider({ ...traits, readoutFormat: `.${decimals}f` }) as unknown as Model;
}

/** About a hundred steps, each of them 1, 2 or 5 times a power of ten. */
function fineStep(range: number): number {
  if (range === 0) return 0.1;
  const power = 10 ** Math.floor(Math.log10(range / 100));
  const factor = [5, 2, 1].find((one) => one * power <= range / 100 + 1e-15) ?? 1;
  return Number((factor * power).toPrecision(1));
}
