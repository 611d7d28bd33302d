import {
  type AnyOptimizer,
  lookAtOptimizer,
  optimizerText,
  slotText,
  stepsText,
} from '../../core/text/optimizer.ts';
import type { MimeBundle } from '../types.ts';
import { pairsMarkup } from './pairs.ts';

/** An optimizer: its options, of what it is chained, its steps and its state. */
export function optimizerBundle(optimizer: AnyOptimizer): MimeBundle {
  const look = lookAtOptimizer(optimizer);
  const pairs = [
    ...look.options,
    ...(look.transform === '' ? [] : [['transform', look.transform] as const]),
    ['state', look.slots.length === 0 ? 'none yet' : look.slots.map(slotText).join('; ')] as const,
  ];
  return {
    'text/html': pairsMarkup(look.name, `optimizer after ${stepsText(look.steps)}`, pairs),
    'text/plain': optimizerText(look),
  };
}
