/** A count as a reader wants it: `9,980`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 row`, `9,980 rows`. */
export function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}
