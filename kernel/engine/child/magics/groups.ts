/**
 * Commands run in process groups of their own, so that one can be interrupted with all that it started. Both
 * threads know the groups: whichever sees that the host has gone ends them.
 */
const SLOTS = 256;

// As it is before a cell replaces it.
const kill = process.kill.bind(process);

let groups = new Int32Array(new SharedArrayBuffer(4 * SLOTS));

/** The memory that the threads share. */
export const sharedGroups = (): SharedArrayBuffer => groups.buffer as SharedArrayBuffer;
export function shareGroups(memory: SharedArrayBuffer): void {
  groups = new Int32Array(memory);
}

/** Whether anything of a group is left. */
function isAlive(group: number): boolean {
  try {
    kill(-group, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function noteGroup(group: number): void {
  forgetEnded();
  const free = groups.indexOf(0);
  if (free >= 0) Atomics.store(groups, free, group);
}

/** Those of which nothing is left; a command may have left something behind that still runs. */
export function forgetEnded(): void {
  for (const [at, group] of groups.entries())
    if (group !== 0 && !isAlive(group)) Atomics.store(groups, at, 0);
}

export const runningGroups = (): number[] => [...groups].filter((group) => group !== 0);

export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    kill(-group, signal);
  } catch {
    // It has ended.
  }
}

export function endGroups(): void {
  for (const group of runningGroups()) signalGroup(group, 'SIGKILL');
}
