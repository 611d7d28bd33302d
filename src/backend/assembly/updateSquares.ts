// The rules that divide by averages or sums of squares alone.
import { madd } from './simd';
import { BLOCK, mix, number, put, scaled, shrinkOf } from './updateParts';

export function rmsprop(w: usize, out: usize, g: usize, v: usize, bytes: usize, numbers: usize): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const decay = number(numbers, 1);
  const rest = number(numbers, 2);
  const epsilon = number(numbers, 3);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const next = mix(decay, v128.load(v + i), rest, f32x4.mul(grad, grad));
    v128.store(v + i, next);
    put(w + i, out + i, scaled(rate, grad, next, epsilon), shrink);
  }
}

export function rmspropMomentum(
  w: usize,
  out: usize,
  g: usize,
  v: usize,
  m: usize,
  bytes: usize,
  numbers: usize,
): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const decay = number(numbers, 1);
  const rest = number(numbers, 2);
  const share = number(numbers, 3);
  const epsilon = number(numbers, 4);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const next = mix(decay, v128.load(v + i), rest, f32x4.mul(grad, grad));
    const moved = madd(share, v128.load(m + i), scaled(rate, grad, next, epsilon));
    v128.store(v + i, next);
    v128.store(m + i, moved);
    put(w + i, out + i, moved, shrink);
  }
}

export function rmspropCentered(
  w: usize,
  out: usize,
  g: usize,
  v: usize,
  m: usize,
  a: usize,
  bytes: usize,
  numbers: usize,
): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const decay = number(numbers, 1);
  const rest = number(numbers, 2);
  const share = number(numbers, 3);
  const epsilon = number(numbers, 4);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const next = mix(decay, v128.load(v + i), rest, f32x4.mul(grad, grad));
    const mean = mix(decay, v128.load(a + i), rest, grad);
    // Rounding may make the variance of a constant gradient negative.
    const variance = f32x4.max(f32x4.sub(next, f32x4.mul(mean, mean)), f32x4.splat(0));
    const moved = madd(share, v128.load(m + i), scaled(rate, grad, variance, epsilon));
    v128.store(v + i, next);
    v128.store(m + i, moved);
    v128.store(a + i, mean);
    put(w + i, out + i, moved, shrink);
  }
}

export function adagrad(w: usize, out: usize, g: usize, s: usize, bytes: usize, numbers: usize): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const epsilon = number(numbers, 1);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const next = madd(grad, grad, v128.load(s + i));
    v128.store(s + i, next);
    put(w + i, out + i, scaled(rate, grad, next, epsilon), shrink);
  }
}

export function adadelta(
  w: usize,
  out: usize,
  g: usize,
  s: usize,
  d: usize,
  bytes: usize,
  numbers: usize,
): void {
  const shrink = shrinkOf(numbers);
  const rate = number(numbers, 0);
  const rho = number(numbers, 1);
  const rest = number(numbers, 2);
  const epsilon = number(numbers, 3);
  for (let i: usize = 0; i < bytes; i += BLOCK) {
    const grad = v128.load(g + i);
    const next = mix(rho, v128.load(s + i), rest, f32x4.mul(grad, grad));
    const before = v128.load(d + i);
    const root = f32x4.sqrt(f32x4.add(before, epsilon));
    const change = f32x4.mul(f32x4.div(root, f32x4.sqrt(f32x4.add(next, epsilon))), grad);
    v128.store(s + i, next);
    v128.store(d + i, mix(rho, before, rest, f32x4.mul(change, change)));
    put(w + i, out + i, f32x4.mul(rate, change), shrink);
  }
}
