/** Jupyter counts code points, JavaScript UTF-16 units: they differ after an emoji. */
export function unitsFromCodePoints(text: string, codePoints: number): number {
  let units = 0;
  for (let seen = 0; seen < codePoints && units < text.length; seen += 1) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

export function codePointsFromUnits(text: string, units: number): number {
  let seen = 0;
  for (let at = 0; at < units; seen += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return seen;
}
