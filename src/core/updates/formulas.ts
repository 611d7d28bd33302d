import {
  abs,
  add,
  div,
  greater,
  less,
  maximum,
  mul,
  sqrt,
  square,
  sub,
  type Tensor,
  where,
} from '@tensorflow/tfjs-core';
import type { UpdateName } from './rules.ts';

/** What is taken from the parameter, and the next value of each slot. */
type Change = readonly [change: Tensor, ...slots: Tensor[]];

type Formula = (g: Tensor, slots: readonly Tensor[], numbers: readonly number[]) => Change;

/** `a·x + b·y` */
const mix = (a: number, x: Tensor, b: number, y: Tensor): Tensor => add(mul(a, x), mul(b, y));

const adamChange = (m: Tensor, v: Tensor, [rate, , , , , epsilon]: readonly number[]): Tensor =>
  mul(rate!, div(m, add(sqrt(v), epsilon!)));

/** √(variance + ε), where rounding may have made the variance negative. */
const deviation = (v: Tensor, mean: Tensor, epsilon: number): Tensor =>
  sqrt(add(maximum(sub(v, square(mean)), 0), epsilon));

/** The rules as operations of tfjs, for any back end. Each number stands where `updateStep` puts it. */
export const FORMULAS: { readonly [N in UpdateName]: Formula } = {
  sgd: (g, _, [rate]) => [mul(rate!, g)],
  momentum: (g, [m], [rate, momentum, nesterov]) => {
    const next = add(mul(momentum!, m!), g);
    return [mul(rate!, nesterov ? add(g, mul(momentum!, next)) : next), next];
  },
  adam: (g, [m, v], numbers) => {
    const [, beta1, rest1, beta2, rest2] = numbers;
    const next = [mix(beta1!, m!, rest1!, g), mix(beta2!, v!, rest2!, square(g))] as const;
    return [adamChange(...next, numbers), ...next];
  },
  amsgrad: (g, [m, v, largest], numbers) => {
    const [, beta1, rest1, beta2, rest2] = numbers;
    const [m1, v1] = [mix(beta1!, m!, rest1!, g), mix(beta2!, v!, rest2!, square(g))];
    const most = maximum(largest!, v1);
    return [adamChange(m1, most, numbers), m1, v1, most];
  },
  rmsprop: (g, [v], [rate, decay, rest, epsilon]) => {
    const next = mix(decay!, v!, rest!, square(g));
    return [div(mul(rate!, g), sqrt(add(next, epsilon!))), next];
  },
  rmspropMomentum: (g, [v, m], [rate, decay, rest, momentum, epsilon]) => {
    const next = mix(decay!, v!, rest!, square(g));
    const moved = add(mul(momentum!, m!), div(mul(rate!, g), sqrt(add(next, epsilon!))));
    return [moved, next, moved];
  },
  rmspropCentered: (g, [v, m, a], [rate, decay, rest, momentum, epsilon]) => {
    const [next, mean] = [mix(decay!, v!, rest!, square(g)), mix(decay!, a!, rest!, g)];
    const moved = add(mul(momentum!, m!), div(mul(rate!, g), deviation(next, mean, epsilon!)));
    return [moved, next, moved, mean];
  },
  lion: (g, [m], [rate, beta1, rest1, beta2, rest2]) => {
    const x = mix(beta1!, m!, rest1!, g);
    // The sign of NaN is NaN; tfjs's own is 0, and on wasm 0 for small numbers as well.
    const direction = where(greater(x, 0), 1, where(less(x, 0), -1, x));
    return [mul(rate!, direction), mix(beta2!, m!, rest2!, g)];
  },
  adagrad: (g, [s], [rate, epsilon]) => {
    const next = add(s!, square(g));
    return [mul(rate!, div(g, sqrt(add(next, epsilon!)))), next];
  },
  adadelta: (g, [s, d], [rate, rho, rest, epsilon]) => {
    const next = mix(rho!, s!, rest!, square(g));
    const u = mul(div(sqrt(add(d!, epsilon!)), sqrt(add(next, epsilon!))), g);
    return [mul(rate!, u), next, mix(rho!, d!, rest!, square(u))];
  },
  adamax: (g, [m, u], [rate, beta1, rest1, beta2, epsilon]) => {
    const next = mix(beta1!, m!, rest1!, g);
    const most = maximum(mul(beta2!, u!), abs(g));
    return [mul(rate!, div(next, add(most, epsilon!))), next, most];
  },
};
