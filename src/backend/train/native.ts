import { findBackend } from '@tensorflow/tfjs-core';
import { type Updater, type UpdateTarget, updateByOperations } from '../../core/updates/apply.ts';
import type { UpdateName, UpdateStep } from '../../core/updates/rules.ts';
import { type Binding, type NativeBackend, Residents } from './residents.ts';

/** A fused update of TensorFlow: its inputs are the variable, its slots, numbers, the gradient, and numbers. */
interface Fused {
  readonly op: string;
  readonly before: (numbers: readonly number[]) => readonly number[];
  readonly after?: (numbers: readonly number[]) => readonly number[];
  /** The name of what our third number says. */
  readonly flag?: string;
}

/** TensorFlow corrects Adam's rate by the powers of the betas; ours is corrected, and powers of 0 leave it so. */
const adam = ([rate = 0, beta1 = 0, , beta2 = 0, , epsilon = 0]: readonly number[]): number[] => [
  0,
  0,
  rate,
  beta1,
  beta2,
  epsilon,
];

/** Those that compute what our rules say; of the others TensorFlow adds ε elsewhere, or has none. */
const FUSED: { readonly [N in UpdateName]?: Fused } = {
  sgd: { op: 'GradientDescent', before: ([rate = 0]) => [rate] },
  momentum: {
    op: 'Momentum',
    before: ([rate = 0]) => [rate],
    after: ([, momentum = 0]) => [momentum],
    flag: 'use_nesterov',
  },
  adam: { op: 'Adam', before: adam },
  amsgrad: { op: 'AdamWithAmsgrad', before: adam },
  rmspropMomentum: {
    op: 'RMSProp',
    before: ([rate = 0, decay = 0, , momentum = 0, epsilon = 0]) => [rate, decay, momentum, epsilon],
  },
  adadelta: { op: 'Adadelta', before: ([rate = 0, rho = 0, , epsilon = 0]) => [rate, rho, epsilon] },
  adamax: {
    op: 'AdaMax',
    before: ([rate = 0, beta1 = 0, , beta2 = 0, epsilon = 0]) => [0, rate, beta1, beta2, epsilon],
  },
};

/** Takes steps on one back end. */
class NativeUpdates {
  readonly #binding: Binding;
  readonly #residents: Residents;
  readonly #backend: NativeBackend;

  constructor(backend: NativeBackend) {
    this.#backend = backend;
    this.#binding = backend.binding;
    this.#residents = new Residents(backend);
  }

  /** One call of TensorFlow for each target. */
  apply(
    { op, before, after, flag }: Fused,
    numbers: readonly number[],
    targets: readonly UpdateTarget[],
  ): void {
    const { TF_FLOAT, TF_ATTR_TYPE, TF_ATTR_BOOL } = this.#binding;
    const attributes = [
      { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: 'use_locking', type: TF_ATTR_BOOL, value: false },
      ...(flag ? [{ name: flag, type: TF_ATTR_BOOL, value: Boolean(numbers[2]) }] : []),
    ];
    const scalar = (value: number): number =>
      this.#binding.createTensor([], TF_FLOAT, Float32Array.of(value));
    const [first, last] = [before(numbers).map(scalar), after?.(numbers).map(scalar) ?? []];
    try {
      for (const { variable, gradient, slots } of targets) {
        // A second tensor of the same values keeps them for the time of the change.
        const own = gradient.dataId === variable.dataId ? gradient.clone() : gradient;
        const [g] = this.#backend.getInputTensorIds([own]) as [number];
        const handles = [variable, ...slots].map((each) => this.#residents.handle(each));
        this.#binding.executeOp(`ResourceApply${op}`, attributes, [...handles, ...first, g, ...last], 0);
      }
    } finally {
      for (const id of [...first, ...last]) this.#binding.deleteTensor(id);
    }
  }
}

/** Whether a step is one of TensorFlow's own. */
export const isFusedOnTensorflow = ({ name, shrink }: UpdateStep): boolean =>
  FUSED[name] !== undefined && shrink === 0;

const updatesOf = new WeakMap<NativeBackend, NativeUpdates>();

/**
 * Applies updates on the native back end by TensorFlow's own fused ones, where the rule has one and there is no weight
 * decay; on a GPU, and for the other rules, by operations.
 */
export const updateOnTensorflow: Updater = (step, targets) => {
  const backend = findBackend('tensorflow') as NativeBackend;
  const fused = FUSED[step.name];
  if (fused === undefined || !isFusedOnTensorflow(step) || backend.isUsingGpuDevice) {
    updateByOperations(step, targets);
    return;
  }
  const updates = updatesOf.get(backend) ?? new NativeUpdates(backend);
  updatesOf.set(backend, updates);
  updates.apply(fused, step.numbers, targets);
};
