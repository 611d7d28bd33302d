import type { Optimizer as TfOptimizer } from '@tensorflow/tfjs-core';

type Options = Record<string, unknown>;
type Make = (options: Options) => TfOptimizer;

const makers = new Map<string, Make>();

/** Declares how to make the optimizer of that name from what was saved of its options. */
export function registerMaker(name: string, make: Make): void {
  makers.set(name, make);
}

/** Stands for a learning rate that was a function when its model was saved. */
function unsavedSchedule(): number {
  throw new Error(
    'the learning rate of this optimizer was a function, which is not saved with a model; ' +
      'set model.optimizer.learningRate before training',
  );
}

/** The optimizer of that name with these options, as a model that was saved with it names them. */
export function makeSaved(name: unknown, options: Options): TfOptimizer {
  const make = makers.get(String(name));
  if (make === undefined) {
    throw new Error(
      `fromConfig: there is no optimizer named ${name}; there are ${[...makers.keys()].join(', ')}`,
    );
  }
  return make({ learningRate: unsavedSchedule, ...options });
}
