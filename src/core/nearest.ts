/** Letters alone, so that `from_logits` and `fromLogits` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The first letters of the words: `lr` for `learningRate`. */
const initials = (name: string): string =>
  plain(name.replace(/[a-z]+[0-9]*/gi, (word) => word[0] + word.slice(1).replace(/[^A-Z]/g, '')));

/** The number of letters to insert, remove or replace to make `b` of `a` (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}

/** The one of `names` that `name` was most likely meant to be; undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name);
  const abbreviated = names.find((known) => initials(known) === wanted);
  if (abbreviated !== undefined) return abbreviated;
  const errors = names.map((known) => distance(wanted, plain(known)));
  const least = Math.min(...errors);
  return wanted !== '' && least <= wanted.length / 3 ? names[errors.indexOf(least)] : undefined;
}
