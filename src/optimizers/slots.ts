import { Tensor } from '@tensorflow/tfjs-core';
import type { Slot } from '../core/text/optimizer.ts';
import { entries } from '../core/tree.ts';
import type { State } from '../transforms/index.ts';

/** How many tensors of what size a state holds, by the names that the transforms give to their parts. */
export function slotsOf(state: State | undefined): Slot[] {
  const slots = new Map<string, Slot>();
  for (const [path, leaf] of state === undefined ? [] : entries<Tensor | number>(state)) {
    if (!(leaf instanceof Tensor)) continue;
    const name = path.find((key) => typeof key === 'string') ?? 'state';
    const { tensors, size } = slots.get(name) ?? { tensors: 0, size: 0 };
    slots.set(name, { name, tensors: tensors + 1, size: size + leaf.size });
  }
  return [...slots.values()];
}
