import type { CellOutcome } from '../engine/engine.ts';
import type { ErrorContent } from '../message/types.ts';

const RED = '\u001b[31m';
const OFF = '\u001b[0m';

/** An error that has no place in the code. */
export function report(ename: string, evalue: string): ErrorContent {
  return { ename, evalue, traceback: [`${RED}${ename}${OFF}: ${evalue}`] };
}

/** The error that the end of a cell is, if it is one. */
export function outcomeError(outcome: CellOutcome): ErrorContent | undefined {
  switch (outcome.status) {
    case 'ok':
      return undefined;
    case 'error':
      return outcome.error;
    case 'interrupted':
      return report(
        'Interrupted',
        outcome.stateLost
          ? 'the cell did not stop by itself and was ended with its runtime: its variables are lost'
          : 'the cell was stopped; all variables are kept',
      );
    case 'died':
      return report('RuntimeDied', outcome.death.reason);
  }
}
