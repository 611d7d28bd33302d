import * as optimizers from '../../../../src/optimizers/index.ts';
import { fromTransform, type Optimizer } from '../../../../src/optimizers/index.ts';
import {
  addDecayedWeights,
  centralize,
  chain,
  ema,
  masked,
  type Rate,
  scaleByLearningRate,
  trace,
} from '../../../../src/transforms/index.ts';

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
  /** How many gradients make an update. */
  readonly gradients: number;
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
    gradients: Number(options.gradientAccumulationSteps ?? 1),
    create,
  };
}

/** An optimizer made by something else than options. */
function made(title: string, rate: number, make: (rate: Rate) => Optimizer, steps = 40): Listed {
  return { title, make: (given = rate) => make(given), rate, steps, gradients: 1 };
}

const momentum = (learningRate: Rate): Optimizer => optimizers.sgd({ learningRate, momentum: 0.8 });

/** Every optimizer: one that is added here has to keep the whole contract. */
export const LIST: readonly Listed[] = [
  named('sgd', 0.1),
  named('sgd', 0.05, { momentum: 0.9 }),
  named('sgd', 0.05, { momentum: 0.8, nesterov: true, weightDecay: 1e-3 }),
  made('a chain', 0.05, (rate) => fromTransform(chain(trace({ decay: 0.5 }), scaleByLearningRate(rate)))),
  named('adagrad', 1),
  named('rmsprop', 0.1, {}, 80),
  named('rmsprop', 0.05, { momentum: 0.5, centered: true, epsilon: 1e-2 }, 80),
  named('adadelta', 1, { epsilon: 1e-2 }, 160),
  named('adam', 0.5),
  named('adam', 0.5, { amsgrad: true, weightDecay: 1e-3 }),
  named('amsgrad', 0.5),
  named('adamax', 0.5),
  named('nadam', 0.5),
  named('adamw', 0.5),
  named('radam', 0.1, {}, 120),
  named('lion', 0.05, { beta2: 0.9 }, 160),
  named('lamb', 0.1, {}, 80),
  named('lars', 0.3, { trustCoefficient: 0.1, momentum: 0.5 }, 80),
  named('yogi', 0.5),
  named('ftrl', 2),
  named('scheduleFree', 0.5, {}, 80),
  named('adafactor', 0.2, {}, 80),
  named('adafactor', 0.5, { momentum: 0.5, multiplyByParameterScale: false }, 120),
  named('muon', 0.3),
  named('soap', 0.3, {}, 80),
  named('shampoo', 0.5, {}, 80),
  named('adam', 0.5, { clipnorm: 5 }),
  named('adamw', 0.5, { globalClipnorm: 5, useEma: true }),
  named('sgd', 0.1, { clipvalue: 3, gradientAccumulationSteps: 2 }, 80),
  made('lookahead of sgd', 0.1, (rate) => optimizers.lookahead(momentum(rate), { syncPeriod: 3 })),
  made('averages of gradients', 0.05, (rate) => fromTransform(chain(ema(0.5), scaleByLearningRate(rate)))),
  made('masked decay', 0.1, (rate) =>
    fromTransform(
      chain(
        masked(addDecayedWeights(1e-3), () => true),
        centralize(),
        scaleByLearningRate(rate),
      ),
    ),
  ),
  made('sam of sgd', 0.05, (rate) => optimizers.sam(momentum(rate))),
];

/** The list as `describe.each` takes it. */
export const EACH: readonly (readonly [string, Listed])[] = LIST.map((each) => [each.title, each]);
