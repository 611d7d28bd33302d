import type { Query } from '../engine/protocol.ts';

/** Asks the runtime; undefined where it has no answer, or none in time. */
export type Ask = <T>(query: Query, timeout: number) => Promise<T | undefined>;

/** Whoever writes a cell waits no longer for the runtime, in milliseconds. */
export const ANSWER_MS = 1000;
