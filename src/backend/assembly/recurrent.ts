// The cells of recurrent layers at one time step, for all rows of a batch. Row strides are in floats, since steps
// stand beside each other within a row. `gate` and `curve` are activations whose derivative follows from the value.
import { FLOAT } from './blocks';
import { curveOf, slopeOf } from './curves';
import { read, write } from './simd';

/**
 * i, f, g, o, which stand side by side in each row of `z`, become their activations; c = f·c₋₁ + i·g and
 * h = o·curve(c). `before` is c₋₁, or 0 for zeros.
 */
export function lstmStep(
  z: usize,
  zRow: i32,
  before: usize,
  c: usize,
  cRow: i32,
  h: usize,
  hRow: i32,
  rows: i32,
  units: i32,
  gate: i32,
  curve: i32,
): void {
  const one = f32x4.splat(1);
  const part = <usize>units * FLOAT;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    while (j < part) {
      const isWhole = j + 16 <= part;
      const i = curveOf(gate, read(z + j, isWhole), one);
      const f = curveOf(gate, read(z + part + j, isWhole), one);
      const g = curveOf(curve, read(z + 2 * part + j, isWhole), one);
      const o = curveOf(gate, read(z + 3 * part + j, isWhole), one);
      let carry = f32x4.mul(i, g);
      if (before) carry = f32x4.add(f32x4.mul(f, read(before + j, isWhole)), carry);
      write(z + j, i, isWhole);
      write(z + part + j, f, isWhole);
      write(z + 2 * part + j, g, isWhole);
      write(z + 3 * part + j, o, isWhole);
      write(c + j, carry, isWhole);
      write(h + j, f32x4.mul(o, curveOf(curve, carry, one)), isWhole);
      j += isWhole ? 16 : FLOAT;
    }
    z += <usize>zRow * FLOAT;
    if (before) before += <usize>cRow * FLOAT;
    c += <usize>cRow * FLOAT;
    h += <usize>hRow * FLOAT;
  }
}

/**
 * From dh and dc (both with rows of `units`) the gradients of the arguments of the gates, in the place of the
 * gates in `z`, and dc of the step before in the place of dc.
 */
export function lstmStepGradient(
  z: usize,
  zRow: i32,
  before: usize,
  c: usize,
  cRow: i32,
  dh: usize,
  dc: usize,
  rows: i32,
  units: i32,
  gate: i32,
  curve: i32,
): void {
  const one = f32x4.splat(1);
  const part = <usize>units * FLOAT;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    while (j < part) {
      const isWhole = j + 16 <= part;
      const i = read(z + j, isWhole);
      const f = read(z + part + j, isWhole);
      const g = read(z + 2 * part + j, isWhole);
      const o = read(z + 3 * part + j, isWhole);
      const a = curveOf(curve, read(c + j, isWhole), one);
      const d = read(dh + j, isWhole);
      const carry = f32x4.add(read(dc + j, isWhole), f32x4.mul(f32x4.mul(d, o), slopeOf(curve, a, one)));
      const last = before ? read(before + j, isWhole) : f32x4.splat(0);
      write(z + j, f32x4.mul(f32x4.mul(carry, g), slopeOf(gate, i, one)), isWhole);
      write(z + part + j, f32x4.mul(f32x4.mul(carry, last), slopeOf(gate, f, one)), isWhole);
      write(z + 2 * part + j, f32x4.mul(f32x4.mul(carry, i), slopeOf(curve, g, one)), isWhole);
      write(z + 3 * part + j, f32x4.mul(f32x4.mul(d, a), slopeOf(gate, o, one)), isWhole);
      write(dc + j, f32x4.mul(carry, f), isWhole);
      j += isWhole ? 16 : FLOAT;
    }
    z += <usize>zRow * FLOAT;
    if (before) before += <usize>cRow * FLOAT;
    c += <usize>cRow * FLOAT;
    dh += part;
    dc += part;
  }
}

/** The gates z and r of each row become their activations; `reset` = r·h₋₁. `before` is h₋₁, or 0 for zeros. */
export function gruGates(
  z: usize,
  zRow: i32,
  before: usize,
  hRow: i32,
  reset: usize,
  resetRow: i32,
  rows: i32,
  units: i32,
  gate: i32,
): void {
  const one = f32x4.splat(1);
  const part = <usize>units * FLOAT;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    while (j < part) {
      const isWhole = j + 16 <= part;
      const update = curveOf(gate, read(z + j, isWhole), one);
      const r = curveOf(gate, read(z + part + j, isWhole), one);
      write(z + j, update, isWhole);
      write(z + part + j, r, isWhole);
      const last = before ? read(before + j, isWhole) : f32x4.splat(0);
      write(reset + j, f32x4.mul(r, last), isWhole);
      j += isWhole ? 16 : FLOAT;
    }
    z += <usize>zRow * FLOAT;
    if (before) before += <usize>hRow * FLOAT;
    reset += <usize>resetRow * FLOAT;
  }
}

/** The candidate, third in each row of `z`, becomes its activation g; h = z·h₋₁ + (1 − z)·g. */
export function gruStep(
  z: usize,
  zRow: i32,
  before: usize,
  h: usize,
  hRow: i32,
  rows: i32,
  units: i32,
  curve: i32,
): void {
  const one = f32x4.splat(1);
  const part = <usize>units * FLOAT;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    while (j < part) {
      const isWhole = j + 16 <= part;
      const update = read(z + j, isWhole);
      const g = curveOf(curve, read(z + 2 * part + j, isWhole), one);
      write(z + 2 * part + j, g, isWhole);
      let value = f32x4.mul(f32x4.sub(one, update), g);
      if (before) value = f32x4.add(f32x4.mul(update, read(before + j, isWhole)), value);
      write(h + j, value, isWhole);
      j += isWhole ? 16 : FLOAT;
    }
    z += <usize>zRow * FLOAT;
    if (before) before += <usize>hRow * FLOAT;
    h += <usize>hRow * FLOAT;
  }
}

/**
 * The first half of a step back: the gradients of the arguments of z and of the candidate in their places, and
 * in the place of dh (rows of `units`) what of it goes straight to h₋₁.
 */
export function gruStepGradient(
  z: usize,
  zRow: i32,
  before: usize,
  hRow: i32,
  dh: usize,
  rows: i32,
  units: i32,
  gate: i32,
  curve: i32,
): void {
  const one = f32x4.splat(1);
  const part = <usize>units * FLOAT;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    while (j < part) {
      const isWhole = j + 16 <= part;
      const update = read(z + j, isWhole);
      const g = read(z + 2 * part + j, isWhole);
      const d = read(dh + j, isWhole);
      const last = before ? read(before + j, isWhole) : f32x4.splat(0);
      write(z + j, f32x4.mul(f32x4.mul(d, f32x4.sub(last, g)), slopeOf(gate, update, one)), isWhole);
      write(
        z + 2 * part + j,
        f32x4.mul(f32x4.mul(d, f32x4.sub(one, update)), slopeOf(curve, g, one)),
        isWhole,
      );
      write(dh + j, f32x4.mul(d, update), isWhole);
      j += isWhole ? 16 : FLOAT;
    }
    z += <usize>zRow * FLOAT;
    if (before) before += <usize>hRow * FLOAT;
    dh += part;
  }
}

/** The second half: from the gradient of r·h₋₁ (rows of `units`) that of the argument of r, in its place, and dh += r·it. */
export function gruResetGradient(
  z: usize,
  zRow: i32,
  before: usize,
  hRow: i32,
  dReset: usize,
  dh: usize,
  rows: i32,
  units: i32,
  gate: i32,
): void {
  const one = f32x4.splat(1);
  const part = <usize>units * FLOAT;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    while (j < part) {
      const isWhole = j + 16 <= part;
      const r = read(z + part + j, isWhole);
      const d = read(dReset + j, isWhole);
      const last = before ? read(before + j, isWhole) : f32x4.splat(0);
      write(z + part + j, f32x4.mul(f32x4.mul(d, last), slopeOf(gate, r, one)), isWhole);
      write(dh + j, f32x4.add(read(dh + j, isWhole), f32x4.mul(d, r)), isWhole);
      j += isWhole ? 16 : FLOAT;
    }
    z += <usize>zRow * FLOAT;
    if (before) before += <usize>hRow * FLOAT;
    dReset += part;
    dh += part;
  }
}
