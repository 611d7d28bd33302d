// The functions of the module. To add some: write them in a file beside this one, name them here and in
// `EngineFunctions` of ../engine/module.ts, and run `npm run build`. They get addresses in the memory of tfjs's
// own wasm module, where they own nothing, which the build checks: no strings, arrays, objects, arrow functions, or
// anything else that needs static data. Scratch memory is the caller's. Numbers at the top level are constants.
export { addScaled, copyRows, fill, multiply } from './arithmetic';
export { conv2d, conv2dFilterGradient, conv2dScratch } from './convolution';
export { curve, curveGradient } from './curves';
export { depthwiseConv2d } from './depthwise';
export { depthwiseFilterGradient, depthwiseInputGradient } from './depthwiseGradients';
export { drawMask } from './dropout';
export { factoredStep } from './factors';
export { gemm, scratchBytes } from './gemm';
export { conv2dInputGradient } from './inputGradient';
export { lookUp, lookUpGradient, toFloats, toIndices } from './lookup';
export { batchNorm, batchNormGradient, moments } from './normalization';
export {
  columnGradients,
  layerNorm,
  layerNormGradient,
  moveTowards,
  normCoefficients,
  scaleColumns,
} from './normalize';
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling';
export { replaceNegative } from './prelu';
export {
  gruGates,
  gruResetGradient,
  gruStep,
  gruStepGradient,
  lstmStep,
  lstmStepGradient,
} from './recurrent';
export { softmax, softmaxCrossEntropy, softmaxGradient } from './softmax';
export { scale, sumColumns, sumRows } from './sums';
export { update, updateBytes } from './updates';
