import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import { described } from '../core/description.ts';
import { isBranch, tidyTree } from '../core/tree.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { checkRate } from './scaleByLearningRate.ts';
import { traitsOf, withTraits } from './traits.ts';
import type { GradientTransformation, Rate, State } from './types.ts';

/** How many updates were made, and the state of the transform. */
export type InjectState = { readonly count: number; readonly inner: State };

type Hyperparams = Record<string, Rate>;

/** A transform whose numbers may be schedules, and may be set between steps. */
export type InjectedTransformation<K extends string> = GradientTransformation<InjectState> & {
  /** The numbers by name: each a number or a function of the step. */
  readonly hyperparams: Record<K, Rate>;
} & ('learningRate' extends K ? { learningRate: Rate } : unknown);

const WHERE = 'injectHyperparams';

function checked(name: string, value: unknown): Rate {
  if (name === 'learningRate') return checkRate(WHERE, value, 'hyperparams.learningRate');
  if (typeof value === 'function' || (typeof value === 'number' && Number.isFinite(value)))
    return value as Rate;
  throw new ArgumentError(
    WHERE,
    `hyperparams.${name}`,
    describe(value),
    'a finite number or a function of the step',
  );
}

/** An object whose entries are checked whenever they are set. */
function checkedRecord<H extends Hyperparams>(given: H): H {
  const values = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, checked(name, value)]),
  );
  return new Proxy(values, {
    set: (target, name, value) => {
      if (typeof name !== 'string' || !Object.hasOwn(target, name)) {
        const allowed = `among ${Object.keys(target)
          .map((known) => `'${known}'`)
          .join(', ')}`;
        throw new ArgumentError(WHERE, 'hyperparams', `'${String(name)}'`, allowed);
      }
      target[name] = checked(name, value);
      return true;
    },
  }) as H;
}

/**
 * Lets any numbers of a transform be schedules, or be set between steps.
 *
 * @param make makes the transform of these numbers
 * @param hyperparams the numbers by name, each a number or a function of the step, counted from 0
 * @returns a transform with `hyperparams`, whose entries may be set; also as `learningRate` the one of that name
 * @throws ArgumentError when a value is neither, or a learning rate below 0, also one that is set; at a step,
 *   when a schedule returns no finite number or `make` rejects it
 *
 * @example
 * const decaying = transforms.injectHyperparams(
 *   ({ weightDecay }) => transforms.addDecayedWeights(weightDecay),
 *   { weightDecay: schedules.cosineDecay({ initialValue: 0.1, decaySteps: 1000 }) },
 * );
 * decaying.hyperparams.weightDecay = 0.01;
 */
export function injectHyperparams<K extends string>(
  make: (numbers: Readonly<Record<K, number>>) => GradientTransformation,
  hyperparams: Readonly<Record<K, Rate>>,
): InjectedTransformation<K> {
  if (typeof make !== 'function') throw new ArgumentError(WHERE, 'make', describe(make), 'a function');
  if (!isBranch<Rate>(hyperparams))
    throw new ArgumentError(
      WHERE,
      'hyperparams',
      describe(hyperparams),
      'an object of numbers and schedules',
    );
  const current: Hyperparams = checkedRecord(hyperparams);
  let [made, key]: [GradientTransformation | undefined, string] = [undefined, ''];
  const at = (count: number): GradientTransformation => {
    const numbers = Object.entries(current).map(([name, rate]) => {
      const value = typeof rate === 'function' ? rate(count) : rate;
      return [name, checkNumber(WHERE, `hyperparams.${name} at step ${count}`, value)] as const;
    });
    const text = JSON.stringify(numbers);
    if (made === undefined || text !== key) {
      made = make(Object.fromEntries(numbers) as Record<K, number>);
      checkTransform(WHERE, 'the transform', made);
      key = text;
    }
    return made;
  };
  const first = at(0);
  const transform: GradientTransformation<InjectState> = {
    init: (params) => ({ count: 0, inner: at(0).init(params) }),
    update: (grads, before, params) =>
      tidyTree(() => {
        checkState(WHERE, before, ['count', 'inner']);
        const { count, inner } = before;
        const { updates, state } = at(count).update(grads, inner, params);
        return { updates, state: { count: count + 1, inner: state } };
      }),
  };
  described(transform, { kind: 'transform', name: WHERE, options: { ...hyperparams }, parts: [first] });
  const { passes, evaluate } = traitsOf(first);
  withTraits(transform, {
    passes,
    ...(evaluate && { evaluate: (state, params) => evaluate((state as InjectState).inner, params) }),
  });
  Object.defineProperty(transform, 'hyperparams', { value: current, enumerable: true });
  if (Object.hasOwn(hyperparams, 'learningRate')) {
    Object.defineProperty(transform, 'learningRate', {
      enumerable: true,
      get: () => current.learningRate,
      set: (rate: Rate) => {
        Reflect.set(current, 'learningRate', rate);
      },
    });
  }
  return transform as InjectedTransformation<K>;
}
