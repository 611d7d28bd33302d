/** Layouts and styles that were made for one widget: they end with it. */
const made = new WeakSet<object>();

export function notePart<T>(part: T): T {
  made.add(part as object);
  return part;
}

export function isPart(value: unknown): value is { close(): void } {
  return typeof value === 'object' && value !== null && made.has(value);
}
