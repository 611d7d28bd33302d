// Cells may replace it.
const { isArray } = Array;

/** The text of a magic from its parts: strings and the values of its expressions; lists are joined by blanks. */
export function textOf(parts: readonly unknown[]): string {
  return parts.map((part) => (isArray(part) ? part.map(String).join(' ') : String(part))).join('');
}
