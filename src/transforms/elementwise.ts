import { fill } from '@tensorflow/tfjs-core';
import { type Description, described } from '../core/description.ts';
import { checkTensors, mapTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { withAdvance } from './advance.ts';
import { fuse } from './fuse.ts';
import { type Stage, type StageState, withStage } from './stage.ts';
import type { GradientTransformation } from './types.ts';

type Options = Description['options'];

/**
 * A transform that does the same to each element by itself. Chains compute consecutive ones in one pass over memory.
 *
 * @param stage what it does
 * @param options what it was made with, for whatever shows it; a function where that changes
 */
export function elementwise<S extends StageState>(
  stage: Stage,
  options: Options | (() => Options),
): GradientTransformation<S> {
  const [group, applying] = [fuse([stage]), fuse([stage], true)];
  const slots = Object.entries(stage.slots ?? {});
  const transform: GradientTransformation<S> = {
    init: (params) => {
      checkTensors(`${stage.name}.init`, 'params', params);
      const filled = slots.map(([name, value]): [string, Params] => [
        name,
        tidyTree(() => mapTree((p) => fill(p.shape, value), params)),
      ]);
      return { ...(stage.counted && { count: 0 }), ...Object.fromEntries(filled) } as S;
    },
    update: (grads, state, params) =>
      tidyTree(() => {
        const { updates, states } = group.update(grads, [state], params);
        return { updates, state: states[0] as S };
      }),
  };
  withAdvance<S, object>(transform, (grads, state, params) => {
    const { updates, states } = applying.update(grads, [state], params, true);
    return { params: updates, state: states[0] as S };
  });
  const description: Description = {
    kind: 'transform',
    name: stage.name,
    get options() {
      return typeof options === 'function' ? options() : options;
    },
  };
  return withStage(described(transform, description), stage);
}
