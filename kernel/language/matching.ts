/** The names that begin as what is written does; where there are none, those that do but for their case. */
export function matching<T>(items: readonly T[], prefix: string, nameOf: (item: T) => string): T[] {
  const exact = items.filter((item) => nameOf(item).startsWith(prefix));
  if (exact.length > 0) return exact;
  const lower = prefix.toLowerCase();
  return items.filter((item) => nameOf(item).toLowerCase().startsWith(lower));
}
