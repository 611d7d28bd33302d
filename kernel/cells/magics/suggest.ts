import { magicNamed, writtenMagics } from './table.ts';

/** What to say of a magic that is not known in the way it is written. */
export function unknownMagic(name: string, kind: 'line' | 'cell'): string {
  const written = `${kind === 'cell' ? '%%' : '%'}${name}`;
  const other = magicNamed(name);
  if (other) {
    return other.kind === 'cell'
      ? `${written} is a magic of whole cells: write %${written} in the first line`
      : `${written} is a magic of one line: write %${name}`;
  }
  const names = writtenMagics(kind);
  const near = nearest(written, names);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `there is no magic ${written}${hint}; there are ${names.join(' ')}`;
}

function nearest(name: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((each) => ({ each, distance: editDistance(name, each) }))
    .toSorted((one, next) => one.distance - next.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.each : undefined;
}

/** How many letters are to be put in, left out or changed. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
