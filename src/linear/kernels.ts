import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Memory, webAssembly } from '../core/webAssembly.ts';

/** All addresses are bytes; `length` is the `step` of a matrix. Each function is described where it is written. */
export interface Kernels {
  /** Subtracts its mean from each column; writes means and the sums of squares of what is left. */
  centre(columns: number, count: number, rows: number, length: number, means: number, squares: number): void;
  /** One round of coordinate descent over the features; returns how much lower the objective is, at least. */
  descentRound(
    features: number,
    count: number,
    columns: number,
    length: number,
    squares: number,
    l1: number,
    l2: number,
    w: number,
    residual: number,
  ): number;
  /** The products of the columns of these features with v, each at the place of its feature. */
  slopes(features: number, count: number, columns: number, length: number, v: number, result: number): void;
  /** The triangular factor of the first `size` columns below a square one, with all columns reflected likewise. */
  factorize(
    columns: number,
    length: number,
    size: number,
    count: number,
    above: number,
    reflections: number,
    scratch: number,
  ): void;
}

let compiled: object | undefined;

/** Compiled once, when the first problem is posed. */
function moduleOf(): object {
  if (compiled) return compiled;
  const file = createRequire(import.meta.url).resolve('#linear/kernels');
  compiled = new (webAssembly().Module)(readFileSync(file));
  return compiled;
}

/** The functions of ./assembly in a memory of the caller's. */
export function kernelsIn(memory: Memory): Kernels {
  const { exports } = new (webAssembly().Instance)(moduleOf(), { env: { memory } });
  return exports as Kernels;
}
