import { countText } from '../core/text/numbers.ts';

/** `1 row`, `9,980 rows`. */
export function counted(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
}
