// Functions with known minima, in plain numbers.
import type { Vector } from '../../../../src/optimizers/index.ts';

/** A function of numbers with its gradient, a start and the minimum that is reached from there. */
export interface Known {
  readonly name: string;
  readonly f: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array) => number[];
  readonly start: Vector;
  readonly minimum: Vector;
  readonly value: number;
}

/** Rosenbrock's valley, chained: Σ 100·(x[i+1] − x[i]²)² + (1 − x[i])², least at (1, …, 1). */
export function rosenbrock(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2;
  return sum;
}

export function rosenbrockGradient(x: Float64Array): number[] {
  const gradient = new Array<number>(x.length).fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const rest = x[i + 1]! - x[i]! ** 2;
    gradient[i]! += -400 * x[i]! * rest - 2 * (1 - x[i]!);
    gradient[i + 1]! += 200 * rest;
  }
  return gradient;
}

const two =
  (f: (x: number, y: number) => number) =>
  (x: Float64Array): number =>
    f(x[0]!, x[1]!);
const twoSlopes =
  (f: (x: number, y: number) => number[]) =>
  (x: Float64Array): number[] =>
    f(x[0]!, x[1]!);

/** Eggholder's function: valleys side by side, least at (512, 404.2319) on the square [−512, 512]². */
export const eggholder: (x: Float64Array) => number = two(
  (x, y) =>
    -(y + 47) * Math.sin(Math.sqrt(Math.abs(x / 2 + y + 47))) -
    x * Math.sin(Math.sqrt(Math.abs(x - (y + 47)))),
);

export const known: readonly Known[] = [
  {
    name: 'Rosenbrock',
    f: rosenbrock,
    gradient: rosenbrockGradient,
    start: [-1.2, 1],
    minimum: [1, 1],
    value: 0,
  },
  {
    // (x² + y − 11)² + (x + y² − 7)²; one of its four minima
    name: 'Himmelblau',
    f: two((x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2),
    gradient: twoSlopes((x, y) => {
      const [a, b] = [x * x + y - 11, x + y * y - 7];
      return [4 * x * a + 2 * b, 2 * a + 4 * y * b];
    }),
    start: [1, 1],
    minimum: [3, 2],
    value: 0,
  },
  {
    // Σ (cₖ − x·(1 − yᵏ))² with c = 1.5, 2.25, 2.625
    name: 'Beale',
    f: two((x, y) => [1.5, 2.25, 2.625].reduce((sum, c, k) => sum + (c - x * (1 - y ** (k + 1))) ** 2, 0)),
    gradient: twoSlopes((x, y) =>
      [1.5, 2.25, 2.625].reduce(
        ([dx, dy], c, k) => {
          const rest = c - x * (1 - y ** (k + 1));
          return [dx! - 2 * rest * (1 - y ** (k + 1)), dy! + 2 * rest * x * (k + 1) * y ** k];
        },
        [0, 0],
      ),
    ),
    start: [1, 1],
    minimum: [3, 0.5],
    value: 0,
  },
  {
    name: 'Matyas',
    f: two((x, y) => 0.26 * (x * x + y * y) - 0.48 * x * y),
    gradient: twoSlopes((x, y) => [0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x]),
    start: [6, -4],
    minimum: [0, 0],
    value: 0,
  },
  {
    // sin(x + y) + (x − y)² − 1.5·x + 2.5·y + 1, at (½ − π/3, −½ − π/3): −√3/2 − π/3
    name: 'McCormick',
    f: two((x, y) => Math.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1),
    gradient: twoSlopes((x, y) => {
      const [c, d] = [Math.cos(x + y), 2 * (x - y)];
      return [c + d - 1.5, c - d + 2.5];
    }),
    start: [-0.3, -1],
    minimum: [0.5 - Math.PI / 3, -0.5 - Math.PI / 3],
    value: -Math.sqrt(3) / 2 - Math.PI / 3,
  },
  {
    // Σ x² + s² + s⁴ with s = Σ ½·i·x[i]
    name: 'Zakharov',
    f: (x) => {
      const s = x.reduce((sum, value, i) => sum + 0.5 * (i + 1) * value, 0);
      return x.reduce((sum, value) => sum + value * value, 0) + s ** 2 + s ** 4;
    },
    gradient: (x) => {
      const s = x.reduce((sum, value, i) => sum + 0.5 * (i + 1) * value, 0);
      return Array.from(x, (value, i) => 2 * value + (2 * s + 4 * s ** 3) * 0.5 * (i + 1));
    },
    start: [1, 2, -1, 3],
    minimum: [0, 0, 0, 0],
    value: 0,
  },
];
