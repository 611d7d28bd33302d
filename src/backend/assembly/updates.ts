// The steps of optimizers, each in one pass over a parameter. Rules and their numbers are described in
// src/core/updates/rules.ts.
import { FLOAT } from './blocks';
import { adam, adamax, amsgrad, lion, momentum } from './updateMoments';
import { BLOCK, number, put, shrinkOf } from './updateParts';
import { adadelta, adagrad, rmsprop, rmspropCentered, rmspropMomentum } from './updateSquares';

// In the order of ../engine/updates.ts.
const SGD: i32 = 0;
const MOMENTUM: i32 = 1;
const ADAM: i32 = 2;
const AMSGRAD: i32 = 3;
const RMSPROP: i32 = 4;
const RMSPROP_MOMENTUM: i32 = 5;
const RMSPROP_CENTERED: i32 = 6;
const LION: i32 = 7;
const ADAGRAD: i32 = 8;
const ADADELTA: i32 = 9;
const ADAMAX: i32 = 10;

/** Two blocks, of which every rule takes whole ones. */
const PAIR: usize = 2 * BLOCK;
/** Where the last one to seven numbers of w, of its next values, of g and of three slots are copied. */
const REST: usize = 2 * BLOCK;

/** Bytes of memory for the numbers of a step, η·λ and up to six of the rule, and for the last few of a parameter. */
export function updateBytes(): i32 {
  return <i32>(REST + 6 * PAIR);
}

function sgd(w: usize, out: usize, g: usize, bytes: usize, numbers: usize): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    put(w + i, out + i, f32x4.mul(rate, v128.load(g + i)), shrink);
  }
}

function updateBlocks(
  rule: i32,
  w: usize,
  out: usize,
  g: usize,
  a: usize,
  b: usize,
  c: usize,
  bytes: usize,
  numbers: usize,
): void {
  if (rule === SGD) sgd(w, out, g, bytes, numbers);
  else if (rule === MOMENTUM) momentum(w, out, g, a, bytes, numbers);
  else if (rule === ADAM) adam(w, out, g, a, b, bytes, numbers);
  else if (rule === AMSGRAD) amsgrad(w, out, g, a, b, c, bytes, numbers);
  else if (rule === RMSPROP) rmsprop(w, out, g, a, bytes, numbers);
  else if (rule === RMSPROP_MOMENTUM) rmspropMomentum(w, out, g, a, b, bytes, numbers);
  else if (rule === RMSPROP_CENTERED) rmspropCentered(w, out, g, a, b, c, bytes, numbers);
  else if (rule === LION) lion(w, out, g, a, bytes, numbers);
  else if (rule === ADAGRAD) adagrad(w, out, g, a, bytes, numbers);
  else if (rule === ADADELTA) adadelta(w, out, g, a, b, bytes, numbers);
  else if (rule === ADAMAX) adamax(w, out, g, a, b, bytes, numbers);
}

function copyRest(from: usize, to: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += FLOAT) store<f32>(to + i, load<f32>(from + i));
}

/**
 * One step of a rule on `count` floats of a parameter at w, by their gradient at g; the new values go to `out`, which
 * may be w. a, b and c are its slots, 0 where the rule has fewer. `numbers` is memory of `updateBytes` that begins
 * with η·λ and the numbers of the rule, as floats.
 */
export function update(
  rule: i32,
  w: usize,
  out: usize,
  g: usize,
  a: usize,
  b: usize,
  c: usize,
  count: i32,
  numbers: usize,
): void {
  const whole = <usize>(count & ~7) * FLOAT;
  updateBlocks(rule, w, out, g, a, b, c, whole, numbers);
  const bytes = <usize>(count & 7) * FLOAT;
  if (bytes === 0) return;
  const rest = numbers + REST;
  memory.fill(rest, 0, 6 * PAIR);
  copyRest(w + whole, rest, bytes);
  copyRest(g + whole, rest + 2 * PAIR, bytes);
  if (a) copyRest(a + whole, rest + 3 * PAIR, bytes);
  if (b) copyRest(b + whole, rest + 4 * PAIR, bytes);
  if (c) copyRest(c + whole, rest + 5 * PAIR, bytes);
  updateBlocks(
    rule,
    rest,
    rest + PAIR,
    rest + 2 * PAIR,
    rest + 3 * PAIR,
    rest + 4 * PAIR,
    rest + 5 * PAIR,
    PAIR,
    numbers,
  );
  copyRest(rest + PAIR, out + whole, bytes);
  if (a) copyRest(rest + 3 * PAIR, a + whole, bytes);
  if (b) copyRest(rest + 4 * PAIR, b + whole, bytes);
  if (c) copyRest(rest + 5 * PAIR, c + whole, bytes);
}
