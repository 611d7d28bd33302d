/** What {@link within} resolves to when the time is over. */
export const EXPIRED: unique symbol = Symbol('expired');

/** The longest wait of `setTimeout`, in milliseconds (some 24 days): it takes a longer one for none at all. */
export const LONGEST_WAIT: number = 2 ** 31 - 1;

/** Waits for a promise, at most `ms` milliseconds or {@link LONGEST_WAIT}; the promise itself goes on. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof EXPIRED> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<typeof EXPIRED>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, LONGEST_WAIT), EXPIRED);
  });
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

/** A promise with its resolvers outside (`Promise.withResolvers` needs Node 22). */
export interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: ((value: T) => void) | undefined;
  let reject: ((error: Error) => void) | undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // A rejection that nobody waits for any more must not end the process.
  promise.catch(() => {});
  return { promise, resolve: resolve!, reject: reject! };
}
