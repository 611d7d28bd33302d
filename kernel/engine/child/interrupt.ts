import type { Session } from 'node:inspector';
import type { InterruptState } from '../protocol.ts';

export interface InterruptTarget {
  session: Session;
  /** Resolves when the user's thread has answered from its event loop. */
  ping(): Promise<void>;
  /** The thread is known to be in a cell's synchronous part. */
  running(): boolean;
  /** Calls `post` unless the thread is in a step that must not be cut short. */
  terminate(post: () => void): void;
}

/** How long an idle thread may take to answer before it counts as busy. */
const IDLE_ANSWER_MS = 4;
/** Between two terminations: a flood of ticks goes on after one, so they come quickly. */
const REPEAT_MS = 8;
const GIVE_UP_MS = 2000;

const within = (promise: Promise<void>, ms: number): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
  ]);

/**
 * Brings the user's thread back to its event loop. An idle thread is left alone, since a
 * termination would hit whatever it runs next.
 */
export async function interruptMain(target: InterruptTarget): Promise<InterruptState> {
  let answered = target.ping();
  if (!target.running() && (await within(answered, IDLE_ANSWER_MS))) return 'idle';
  const deadline = Date.now() + GIVE_UP_MS;
  while (Date.now() < deadline) {
    target.terminate(() => target.session.post('Runtime.terminateExecution'));
    if (await within(answered, REPEAT_MS)) {
      // A termination that came too late waits for the next script: let it hit this one instead.
      await within(target.ping(), REPEAT_MS);
      return 'terminated';
    }
    // A late termination can hit the answer itself, so it is asked for again.
    answered = Promise.race([answered, target.ping()]);
  }
  return 'stuck';
}
