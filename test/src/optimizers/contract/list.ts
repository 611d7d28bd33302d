import * as optimizers from '../../../../src/optimizers/index.ts';
import { fromTransform, type Optimizer } from '../../../../src/optimizers/index.ts';
import { chain, type Rate, scaleByLearningRate, trace } from '../../../../src/transforms/index.ts';

type Options = Readonly<Record<string, unknown>>;

/** An optimizer that has to keep the contract. */
export interface Listed {
  readonly title: string;
  /** Makes a new one, at the rate of the list if no other is given. */
  readonly make: (rate?: Rate) => Optimizer;
  /** The rate of the list. */
  readonly rate: number;
  /** How many steps it has to make the quadratic of the contract a hundredth of what it was. */
  readonly steps: number;
  /** The function that makes it of options alone, if one does. */
  readonly create?: (options: Options) => Optimizer;
}

/** An optimizer of the toolkit by its name, with options of which one is the rate. */
function named(name: string, rate: number, options: Options = {}, steps = 40): Listed {
  const create = (optimizers as unknown as Record<string, (options: Options) => Optimizer>)[name]!;
  const others = Object.entries(options).map(([key, value]) => ` ${key} ${JSON.stringify(value)}`);
  return {
    title: [name, ...others].join(','),
    make: (learningRate = rate) => create({ ...options, learningRate }),
    rate,
    steps,
    create,
  };
}

/** An optimizer made by something else than options. */
function made(title: string, rate: number, make: (rate: Rate) => Optimizer, steps = 40): Listed {
  return { title, make: (given = rate) => make(given), rate, steps };
}

/** Every optimizer: one that is added here has to keep the whole contract. */
export const LIST: readonly Listed[] = [
  named('sgd', 0.1),
  named('sgd', 0.05, { momentum: 0.9 }),
  named('sgd', 0.05, { momentum: 0.8, nesterov: true, weightDecay: 1e-3 }),
  made('a chain', 0.05, (rate) => fromTransform(chain(trace({ decay: 0.5 }), scaleByLearningRate(rate)))),
];

/** The list as `describe.each` takes it. */
export const EACH: readonly (readonly [string, Listed])[] = LIST.map((each) => [each.title, each]);
