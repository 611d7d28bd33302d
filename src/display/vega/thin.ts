/** Lines with fewer points than this are drawn as they are. */
const manyPoints = 5000;

/**
 * Thin the lines of an SVG document that have many more points than the picture has columns: of each column
 * `1 / resolution` wide the first, lowest, highest and last point stay, which hardly changes a pixel. Drawing
 * 10⁵ points that go up and down takes half a minute otherwise. Lines that turn back in x stay as they are.
 */
export function thinLines(svg: string, resolution: number): string {
  if (!hasLongPath(svg)) return svg;
  return svg.replace(/ d="(M[ML\d.,e-]+)"/g, (whole, path: string) => {
    if (path.length < 4 * manyPoints) return whole;
    const lines = path.split('M').slice(1);
    return ` d="${lines.map((line) => `M${thinLine(line, resolution)}`).join('')}"`;
  });
}

/** Looked for first, since most charts have thousands of short paths. */
function hasLongPath(svg: string): boolean {
  for (let at = svg.indexOf(' d="'); at >= 0; ) {
    const end = svg.indexOf('"', at + 4);
    if (end - at > 4 * manyPoints) return true;
    at = svg.indexOf(' d="', end);
  }
  return false;
}

function thinLine(line: string, resolution: number): string {
  const points = line.split('L');
  if (points.length < manyPoints) return line;
  const at = points.map((point) => point.split(',').map(Number));
  const kept: number[] = [];
  let start = 0;
  for (let index = 1; index <= points.length; index++) {
    const x = at[index]?.[0] ?? Number.POSITIVE_INFINITY;
    if (x < (at[index - 1]?.[0] ?? 0)) return line;
    if (Math.floor(x * resolution) === Math.floor((at[start]?.[0] ?? 0) * resolution)) continue;
    kept.push(...outline(at, start, index - 1));
    start = index;
  }
  return kept.map((index) => points[index]).join('L');
}

/** The first, lowest, highest and last of some points, in their order and each once. */
function outline(at: readonly number[][], first: number, last: number): number[] {
  let [low, high] = [first, first];
  for (let index = first; index <= last; index++) {
    const y = at[index]?.[1] ?? 0;
    if (y < (at[low]?.[1] ?? 0)) low = index;
    if (y > (at[high]?.[1] ?? 0)) high = index;
  }
  return [...new Set([first, Math.min(low, high), Math.max(low, high), last])];
}
