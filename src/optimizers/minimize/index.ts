/** Minimising functions of numbers and of tensors with curvature. */
export { minimize } from './minimize.ts';
export type {
  Bound,
  LeastSquaresMethod,
  LeastSquaresOptions,
  Method,
  MinimizeOptions,
  MinimizeResult,
  MinimizeStep,
  SharedOptions,
  StopReason,
} from './types.ts';
