/** Derivatives beyond the gradient. */
export type { Vector } from './arguments.ts';
export { hessian } from './hessian.ts';
export { hessianVectorProduct, type SecondDerivativeOptions } from './hessianVectorProduct.ts';
export { jacobian } from './jacobian.ts';
