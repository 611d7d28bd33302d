// The rules that follow moving averages of the gradient.

import { FLOAT } from './blocks';
import { madd } from './simd';
import { BLOCK, mix, number, put, shrinkOf } from './updateParts';

export function momentum(w: usize, out: usize, g: usize, m: usize, bytes: usize, numbers: usize): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const share = number(numbers, 1);
  const isAhead = load<f32>(numbers + 3 * FLOAT) !== 0;
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const next = madd(share, v128.load(m + i), grad);
    v128.store(m + i, next);
    let change = next;
    if (isAhead) change = madd(share, next, grad);
    put(w + i, out + i, f32x4.mul(rate, change), shrink);
  }
}

export function adam(w: usize, out: usize, g: usize, m: usize, v: usize, bytes: usize, numbers: usize): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const beta1 = number(numbers, 1);
  const rest1 = number(numbers, 2);
  const beta2 = number(numbers, 3);
  const rest2 = number(numbers, 4);
  const epsilon = number(numbers, 5);
  // Two blocks a turn, whose addresses are computed once.
  for (let i: usize = 0; i < bytes; i += 2 * BLOCK) {
    const grad0 = v128.load(g + i);
    const grad1 = v128.load(g + i, 16);
    const first0 = mix(beta1, v128.load(m + i), rest1, grad0);
    const first1 = mix(beta1, v128.load(m + i, 16), rest1, grad1);
    const second0 = mix(beta2, v128.load(v + i), rest2, f32x4.mul(grad0, grad0));
    const second1 = mix(beta2, v128.load(v + i, 16), rest2, f32x4.mul(grad1, grad1));
    v128.store(m + i, first0);
    v128.store(m + i, first1, 16);
    v128.store(v + i, second0);
    v128.store(v + i, second1, 16);
    const change0 = f32x4.div(f32x4.mul(rate, first0), f32x4.add(f32x4.sqrt(second0), epsilon));
    const change1 = f32x4.div(f32x4.mul(rate, first1), f32x4.add(f32x4.sqrt(second1), epsilon));
    put(w + i, out + i, change0, shrink);
    put(w + i + BLOCK, out + i + BLOCK, change1, shrink);
  }
}

export function amsgrad(
  w: usize,
  out: usize,
  g: usize,
  m: usize,
  v: usize,
  largest: usize,
  bytes: usize,
  numbers: usize,
): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const beta1 = number(numbers, 1);
  const rest1 = number(numbers, 2);
  const beta2 = number(numbers, 3);
  const rest2 = number(numbers, 4);
  const epsilon = number(numbers, 5);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const first = mix(beta1, v128.load(m + i), rest1, grad);
    const second = mix(beta2, v128.load(v + i), rest2, f32x4.mul(grad, grad));
    const most = f32x4.max(v128.load(largest + i), second);
    v128.store(m + i, first);
    v128.store(v + i, second);
    v128.store(largest + i, most);
    const divisor = f32x4.add(f32x4.sqrt(most), epsilon);
    put(w + i, out + i, f32x4.div(f32x4.mul(rate, first), divisor), shrink);
  }
}

export function adamax(
  w: usize,
  out: usize,
  g: usize,
  m: usize,
  u: usize,
  bytes: usize,
  numbers: usize,
): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const beta1 = number(numbers, 1);
  const rest1 = number(numbers, 2);
  const beta2 = number(numbers, 3);
  const epsilon = number(numbers, 4);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const first = mix(beta1, v128.load(m + i), rest1, grad);
    const most = f32x4.max(f32x4.mul(beta2, v128.load(u + i)), f32x4.abs(grad));
    v128.store(m + i, first);
    v128.store(u + i, most);
    put(w + i, out + i, f32x4.div(f32x4.mul(rate, first), f32x4.add(most, epsilon)), shrink);
  }
}

/** −1, 1, or x itself where it is 0 or NaN. */
function sign(x: v128): v128 {
  const zero = f32x4.splat(0);
  const signed = v128.or(v128.and(x, f32x4.splat(-0.0)), f32x4.splat(1));
  return v128.bitselect(signed, x, v128.or(f32x4.lt(x, zero), f32x4.gt(x, zero)));
}

export function lion(w: usize, out: usize, g: usize, m: usize, bytes: usize, numbers: usize): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const beta1 = number(numbers, 1);
  const rest1 = number(numbers, 2);
  const beta2 = number(numbers, 3);
  const rest2 = number(numbers, 4);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const before = v128.load(m + i);
    v128.store(m + i, mix(beta2, before, rest2, grad));
    put(w + i, out + i, f32x4.mul(rate, sign(mix(beta1, before, rest1, grad))), shrink);
  }
}
