/** Optimizers: chains of gradient transforms that are `tf.Optimizer`s as well. */
export { type AdadeltaOptions, adadelta } from './adadelta.ts';
export { type AdafactorOptions, adafactor } from './adafactor.ts';
export { type AdagradOptions, adagrad } from './adagrad.ts';
export { type AdamOptions, adam } from './adam.ts';
export { type AdamaxOptions, adamax } from './adamax.ts';
export { adamw } from './adamw.ts';
export { amsgrad } from './amsgrad.ts';
export type { CommonOptions } from './common.ts';

export {
  hessian,
  hessianVectorProduct,
  jacobian,
  type SecondDerivativeOptions,
  type Vector,
} from './derivatives/index.ts';
export { fromTransform } from './fromTransform.ts';
export { type FtrlOptions, ftrl } from './ftrl.ts';
export { type LambOptions, lamb } from './lamb.ts';
export { type LarsOptions, lars } from './lars.ts';
export { type LionOptions, lion } from './lion.ts';
export { lookahead } from './lookahead.ts';
export {
  type Bound,
  type LeastSquaresMethod,
  type LeastSquaresOptions,
  type Method,
  type MinimizeOptions,
  type MinimizeResult,
  type MinimizeStep,
  minimize,
  type SharedOptions,
  type StopReason,
} from './minimize/index.ts';
export { type MuonOptions, muon } from './muon.ts';
export { type NadamOptions, nadam } from './nadam.ts';
export { Optimizer } from './optimizer.ts';
export { type RadamOptions, radam } from './radam.ts';
export { type RmspropOptions, rmsprop } from './rmsprop.ts';
export { sam } from './sam.ts';
export type { OptimizerState, SavedState, SavedTensor } from './saved.ts';
export { type ScheduleFreeOptions, scheduleFree } from './scheduleFree.ts';
export { type SgdOptions, sgd } from './sgd.ts';
export { type ShampooOptions, shampoo } from './shampoo.ts';
export { type SoapOptions, soap } from './soap.ts';
export { type YogiOptions, yogi } from './yogi.ts';
