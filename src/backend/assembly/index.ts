// The functions of the module. To add some: write them in a file beside this one, name them here and in
// `EngineFunctions` of ../engine/module.ts, and run `npm run build`. They get addresses in the memory of tfjs's
// own wasm module, where they own nothing: no strings, arrays, objects or static data, and scratch memory is the
// caller's. Numbers at the top level are constants.
export { activate, replaceNegative } from './activation';
export { conv2d, conv2dFilterGradient, conv2dInputGradient, conv2dScratch } from './convolution';
export { depthwiseConv2d, depthwiseFilterGradient, depthwiseInputGradient } from './depthwise';
export { gemm, scratchBytes } from './gemm';
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling';
export { scale, sumColumns, sumRows } from './sums';
export { update, updateBytes } from './updates';
