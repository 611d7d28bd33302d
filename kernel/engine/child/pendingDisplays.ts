/** What displays have yet to show: a cell has not finished before. The toolkit knows the set by the same symbol. */
const PENDING = Symbol.for('descent.pending');

type Holder = { [PENDING]?: Set<Promise<unknown>> };

/** Keeps a cell open until `work`, which never rejects, is over. */
export function keepOpen(work: Promise<unknown>): void {
  const holder = globalThis as Holder;
  holder[PENDING] ??= new Set();
  const pending = holder[PENDING];
  const done: Promise<void> = work.then(() => void pending.delete(done));
  pending.add(done);
}

export async function displaysSettled(): Promise<void> {
  const pending = (globalThis as Holder)[PENDING];
  while (pending && pending.size > 0) await Promise.all(pending);
}

/** Displays of a cancelled cell that never settle must not hold up those of the next. */
export function forgetDisplays(): void {
  (globalThis as Holder)[PENDING]?.clear();
}
