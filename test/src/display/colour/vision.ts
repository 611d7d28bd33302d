/** How colours look to the colour-blind, and how far apart they look. */

type Triple = readonly [number, number, number];

/** Machado, Oliveira and Fernandes (2009), full severity, on linear RGB. */
const matrices: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export const visions: readonly string[] = ['normal', ...Object.keys(matrices)];

const linear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const dot = (row: Triple, [a, b, c]: Triple): number => row[0] * a + row[1] * b + row[2] * c;
const times = (matrix: readonly [Triple, Triple, Triple], v: Triple): Triple => [
  dot(matrix[0], v),
  dot(matrix[1], v),
  dot(matrix[2], v),
];
const clamp = (value: number): number => Math.max(0, Math.min(1, value));

/** Björn Ottosson's OKLab, in which equal distances look equally large. */
function oklab(rgb: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])],
  );
}

/** How far apart two colours (0 to 1 a channel) look: 0 is the same, 100 black and white. */
export function distance(one: Triple, two: Triple, vision: string): number {
  const [a, b] = [one, two].map((colour): Triple => {
    const light: Triple = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
    const matrix = matrices[vision];
    const [red, green, blue] = matrix ? times(matrix, light) : light;
    return oklab([clamp(red), clamp(green), clamp(blue)]);
  });
  return 100 * Math.hypot(...(a ?? []).map((value, index) => value - (b?.[index] ?? 0)));
}
