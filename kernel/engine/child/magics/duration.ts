const UNITS: readonly [number, string][] = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
];

/** Seconds with three digits in the unit that fits, as IPython writes them: `1.23 ms`, `2min 5s`. */
export function duration(seconds: number, digits = 3): string {
  if (seconds >= 60) return long(seconds);
  const [scale, unit] = UNITS.find(([each]) => seconds >= each) ?? (UNITS.at(-1) as [number, string]);
  return `${significant(seconds / scale, digits)} ${unit}`;
}

function long(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.floor(seconds);
  for (const [size, unit] of [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ');
}

/** As C's `%.3g`, without exponents: at most 999 is to be shown. */
const significant = (value: number, digits: number): string => String(Number(value.toPrecision(digits)));
