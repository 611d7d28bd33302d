// What an interrupt leaves half done in tfjs. The kernel loads this file by its path.
import { engine } from '@tensorflow/tfjs-core';
import { release } from './gradients/tape.ts';

/** What is used of the state of tfjs's engine. */
interface State {
  scopeStack: unknown[];
  activeTape: Parameters<typeof release>[0]['state']['activeTape'];
  activeScope: { name: string };
  gradientDepth: number;
  kernelDepth: number;
  numDataMovesStack: number[];
  profiling: boolean;
}

/**
 * Ends what was open when the code was cut short, as an exception would have: the scopes of `tidy`, whose tensors are
 * freed, and the tape of a gradient. Left open, the tape would go on to keep what every later operation computes.
 */
export function endInterrupted(): void {
  const tfEngine = engine();
  const state = tfEngine.state as unknown as State;
  while (state.scopeStack.length > 0) tfEngine.endScope();
  release({ state });
  Object.assign(state, { gradientDepth: 0, kernelDepth: 0, numDataMovesStack: [], profiling: false });
}
