/** Digits that are shown of the largest number of several, the others get as many decimals. */
const digits = 6;
const mostDecimals = 8;
/** Numbers of very different sizes, and very large and small ones, are written with exponents. */
const fixed = { smallest: 1e-5, largest: 1e8, ratio: 1e6 };

/** The shortest decimal number that is the same in 32 bits. */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let precision = 1; precision <= 9; precision++) {
    const text = value.toPrecision(precision);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}

/** A number in a few digits, for a summary. */
export function briefNumber(value: number, precision = 4): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(precision)));
}

/** A count with its thousands apart. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** An amount of memory in the largest unit that leaves a whole number of it. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 2 : 1)} ${units[unit]}`;
}

/** Numbers as texts of one width, the decimal points below each other. */
export function alignNumbers(values: readonly number[]): string[] {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((size) => size > 0);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const isWhole = finite.every(Number.isInteger);
  const isFixed =
    sizes.length === 0 ||
    (isWhole
      ? most < 1e15
      : most < fixed.largest && (most >= fixed.smallest || least >= 1e-4) && most / least < fixed.ratio);
  const texts = isFixed ? fixedTexts(values, isWhole ? 0 : decimalsFor(finite, most)) : exponentTexts(values);
  return padStart(texts);
}

/** Texts of one width, aligned at their ends. */
export function padStart(texts: readonly string[]): string[] {
  const width = texts.reduce((widest, text) => Math.max(widest, text.length), 0);
  return texts.map((text) => text.padStart(width));
}

/** The fewest decimals that show all of them as exactly as the digits allow. */
function decimalsFor(values: readonly number[], most: number): number {
  const limit = Math.max(1, Math.min(mostDecimals, digits - 1 - Math.floor(Math.log10(most))));
  let needed = 1;
  for (const value of values) {
    while (needed < limit && Number(value.toFixed(needed)) !== Number(value.toFixed(limit))) needed += 1;
  }
  return needed;
}

function fixedTexts(values: readonly number[], decimals: number): string[] {
  return values.map((value) => (Number.isFinite(value) ? value.toFixed(decimals) : String(value)));
}

/** With exponents, and the fewest digits that all of them need. */
function exponentTexts(values: readonly number[]): string[] {
  const longest = digits - 1;
  let needed = 0;
  for (const value of values.filter(Number.isFinite)) {
    while (needed < longest && Number(value.toExponential(needed)) !== Number(value.toExponential(longest))) {
      needed += 1;
    }
  }
  return values.map((value) => (Number.isFinite(value) ? value.toExponential(needed) : String(value)));
}
