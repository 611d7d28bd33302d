import { callText, descriptionOf, descriptionSymbol, optionText } from '../description.ts';
import { attempt } from './layer.ts';
import { bytesText, countText } from './numbers.ts';

/** The tensors that an optimizer keeps for the variables it has trained. */
export interface Slot {
  readonly name: string;
  readonly tensors: number;
  readonly size: number;
}

/** What an optimizer of the toolkit says of itself, under `descriptionSymbol`. */
export interface OptimizerDescription {
  readonly kind: 'optimizer';
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly transform: unknown;
  readonly slots: readonly Slot[];
}

/** An optimizer of tfjs or of the toolkit. */
export interface AnyOptimizer {
  readonly iterations?: number;
  readonly learningRate?: unknown;
  getConfig(): Record<string, unknown>;
  getClassName?(): string;
}

/** What is shown of an optimizer. */
export interface OptimizerLook {
  readonly name: string;
  readonly options: readonly (readonly [name: string, value: string])[];
  /** How it is chained of transforms; empty for one of tfjs. */
  readonly transform: string;
  readonly steps: number;
  readonly slots: readonly Slot[];
}

/** Reads an optimizer for its text. */
export function lookAtOptimizer(optimizer: AnyOptimizer): OptimizerLook {
  const own = attempt(() => Reflect.get(optimizer, descriptionSymbol) as OptimizerDescription | undefined);
  const config = own?.options ?? attempt(() => optimizer.getConfig()) ?? {};
  const rate = attempt(() => optimizer.learningRate);
  const options = Object.entries({ ...(rate === undefined ? {} : { learningRate: rate }), ...config });
  const steps = attempt(() => optimizer.iterations) ?? 0;
  return {
    name: own?.name ?? attempt(() => optimizer.getClassName?.()) ?? 'Optimizer',
    options: options
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, valueText(value, steps)]),
    transform: own && descriptionOf(own.transform) ? callText(own.transform) : '',
    steps,
    slots: own?.slots ?? slotsOf(optimizer),
  };
}

/** A schedule by its name and where it is now. */
function valueText(value: unknown, steps: number): string {
  if (typeof value !== 'function') return optionText(value);
  const now = attempt(() => Number((value as (step: number) => unknown)(steps)));
  const name = value.name === '' ? 'a schedule' : optionText(value);
  return now !== undefined && Number.isFinite(now) ? `${name}, now ${Number(now.toPrecision(4))}` : name;
}

/** tfjs keeps a list of variables for each moment. */
function slotsOf(optimizer: AnyOptimizer): Slot[] {
  const lists = attempt(() => Object.entries(optimizer)) ?? [];
  return lists.flatMap(([name, list]: [string, unknown]) => {
    const variables = Array.isArray(list) ? list.map((entry) => attempt(() => entry.variable)) : [];
    if (variables.length === 0 || !variables.every((variable) => Array.isArray(variable?.shape))) return [];
    const size = variables.reduce<number>((sum, { size: own = 0 }: { size?: number }) => sum + own, 0);
    return [{ name, tensors: variables.length, size }];
  });
}

/** `trace: 4 tensors, 1,234 numbers (4.82 KB)` */
export function slotText({ name, tensors, size }: Slot): string {
  const count = `${tensors} tensor${tensors === 1 ? '' : 's'}`;
  return `${name}: ${count}, ${countText(size)} numbers (${bytesText(4 * size)})`;
}

export const stepsText = (steps: number): string => `${countText(steps)} step${steps === 1 ? '' : 's'}`;

/** Name, options, transform, steps and state. */
export function optimizerText(look: OptimizerLook): string {
  const options = look.options.map(([name, value]) => `${name}: ${value}`).join(', ');
  const slots = look.slots.map(slotText);
  return [
    `${look.name}(${options === '' ? '' : `{ ${options} }`}) after ${stepsText(look.steps)}`,
    ...(look.transform === '' ? [] : [`  = ${look.transform}`]),
    ...slots.map((slot) => `  ${slot}`),
  ].join('\n');
}

/** The same on one line, without the state. */
export const optimizerLine = (look: OptimizerLook): string => optimizerText(look).split('\n')[0]!;
