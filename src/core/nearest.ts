/** Letters alone, so that `from_logits` and `fromLogits` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The first letters of the words: `lr` for `learningRate`. */
const initials = (name: string): string =>
  plain(name.replace(/[a-z]+[0-9]*/gi, (word) => word[0] + word.slice(1).replace(/[^A-Z]/g, '')));

/** How many letters to insert, remove, replace or swap with the next to make `b` of `a` (Levenshtein 1966; Damerau 1964). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? before[j - 2]! + 1 : replaced;
      next.push(Math.min(replaced, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1)!;
}

/** The one of `names` that `name` was most likely meant to be; undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name);
  const abbreviated = names.find((known) => initials(known) === wanted);
  if (abbreviated !== undefined) return abbreviated;
  const longer = names.filter((known) => plain(known).startsWith(wanted));
  if (wanted.length > 2 && longer.length === 1) return longer[0];
  const errors = names.map((known) => distance(wanted, plain(known)));
  const least = Math.min(...errors);
  const found = names[errors.indexOf(least)];
  // The first letter is seldom wrong.
  const share = found !== undefined && plain(found)[0] === wanted[0] ? 2 : 3;
  return wanted !== '' && least <= wanted.length / share ? found : undefined;
}
