/** Where the kernel tells how the cell that runs has ended. */
interface Channel {
  atEnd?(work: (end: string) => void): () => void;
}

/**
 * Calls `work` when the cell that runs is interrupted, unless that is taken back: what the cell awaits then never goes
 * on, also not in its `finally`.
 */
export function onInterrupt(work: () => void): () => void {
  const channel = Reflect.get(globalThis, Symbol.for('descent.channel')) as Channel | undefined;
  const takeBack = channel?.atEnd?.((how) => {
    if (how === 'interrupted') work();
  });
  return takeBack ?? (() => {});
}
