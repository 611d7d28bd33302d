import { Session } from 'node:inspector';

let shared: { session: Session; users: number } | undefined;

/**
 * Lends an inspector session of the user's thread. It is connected only as long as it is used: with
 * one connected, a process that exits says that it waits for its debugger.
 */
export async function withInspector<T>(use: (session: Session) => Promise<T>): Promise<T> {
  if (!shared) {
    const session = new Session();
    session.connectToMainThread();
    shared = { session, users: 0 };
  }
  const lent = shared;
  lent.users += 1;
  try {
    return await use(lent.session);
  } finally {
    lent.users -= 1;
    if (lent.users === 0) {
      lent.session.disconnect();
      shared = undefined;
    }
  }
}
