// The models of NIST's nonlinear regression problems; their data and certified values are in the fixture.
import { readFileSync } from 'node:fs';

/** A problem as the fixture has it. */
export interface NistProblem {
  readonly name: string;
  readonly level: 'lower' | 'average' | 'higher';
  readonly starts: readonly (readonly number[])[];
  readonly certified: readonly number[];
  readonly sumOfSquares: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

type Model = (b: ArrayLike<number>, x: number) => number;

const { exp, sin, cos, atan, PI } = Math;
const polynomial = (c: readonly number[], x: number): number => c.reduceRight((sum, one) => sum * x + one, 0);

const saturation: Model = ({ 0: a = 0, 1: b = 0 }, x) => a * (1 - exp(-b * x));
const fading: Model = ({ 0: a = 0, 1: b = 0, 2: c = 0 }, x) => exp(-a * x) / (b + c * x);
const hills: Model = (b, x) =>
  b[0]! * exp(-b[1]! * x) +
  b[2]! * exp(-(((x - b[3]!) / b[4]!) ** 2)) +
  b[5]! * exp(-(((x - b[6]!) / b[7]!) ** 2));
const decays: Model = (b, x) => b[0]! * exp(-b[1]! * x) + b[2]! * exp(-b[3]! * x) + b[4]! * exp(-b[5]! * x);
/** A polynomial of degree `top` over one with the constant 1. */
const rational =
  (top: number): Model =>
  (b, x) => {
    const all = Array.from(b);
    return polynomial(all.slice(0, top + 1), x) / polynomial([1, ...all.slice(top + 1)], x);
  };
const wave = (period: number, c: number, s: number, x: number): number =>
  c * cos((2 * PI * x) / period) + s * sin((2 * PI * x) / period);

const models: Record<string, Model> = {
  Bennett5: (b, x) => b[0]! * (b[1]! + x) ** (-1 / b[2]!),
  BoxBOD: saturation,
  Chwirut1: fading,
  Chwirut2: fading,
  DanWood: (b, x) => b[0]! * x ** b[1]!,
  ENSO: (b, x) =>
    b[0]! + wave(12, b[1]!, b[2]!, x) + wave(b[3]!, b[4]!, b[5]!, x) + wave(b[6]!, b[7]!, b[8]!, x),
  Eckerle4: (b, x) => (b[0]! / b[1]!) * exp(-0.5 * ((x - b[2]!) / b[1]!) ** 2),
  Gauss1: hills,
  Gauss2: hills,
  Gauss3: hills,
  Hahn1: rational(3),
  Kirby2: rational(2),
  Lanczos1: decays,
  Lanczos2: decays,
  Lanczos3: decays,
  MGH09: (b, x) => (b[0]! * (x * x + x * b[1]!)) / (x * x + x * b[2]! + b[3]!),
  MGH10: (b, x) => b[0]! * exp(b[1]! / (x + b[2]!)),
  MGH17: (b, x) => b[0]! + b[1]! * exp(-x * b[3]!) + b[2]! * exp(-x * b[4]!),
  Misra1a: saturation,
  Misra1b: (b, x) => b[0]! * (1 - (1 + (b[1]! * x) / 2) ** -2),
  Misra1c: (b, x) => b[0]! * (1 - (1 + 2 * b[1]! * x) ** -0.5),
  Misra1d: (b, x) => (b[0]! * b[1]! * x) / (1 + b[1]! * x),
  Rat42: (b, x) => b[0]! / (1 + exp(b[1]! - b[2]! * x)),
  Rat43: (b, x) => b[0]! / (1 + exp(b[1]! - b[2]! * x)) ** (1 / b[3]!),
  Roszman1: (b, x) => b[0]! - b[1]! * x - atan(b[2]! / (x - b[3]!)) / PI,
  Thurber: rational(3),
};

const fixture = new URL('../../../reference/fixtures/nist.json', import.meta.url);
export const problems: readonly NistProblem[] = JSON.parse(readFileSync(fixture, 'utf8')).problems;

/** The residuals of a problem, as `minimize` takes them. */
export function residualsOf({ name, x, y }: NistProblem): (b: ArrayLike<number>) => number[] {
  const model = models[name]!;
  return (b) => x.map((at, i) => model(b, at) - y[i]!);
}

/** How many digits of all certified values have been found. */
export function digits(found: ArrayLike<number>, { certified }: NistProblem): number {
  const errors = certified.map((value, i) => Math.abs(found[i]! - value) / Math.abs(value));
  return -Math.log10(Math.max(...errors, 1e-11));
}
