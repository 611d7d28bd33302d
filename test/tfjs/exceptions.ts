import type { Exception } from './support/judge.ts';

/** On every back end: what tfjs itself has wrong, and its specs with it. */
const corrected: readonly Exception[] = [
  {
    reason:
      "expects stock's step, which divides by the mean square of the gradients before this one: the first step is " +
      'the whole gradient, a thousand times what the definition has',
    specs: ['AdadeltaOptimizer basic', 'AdadeltaOptimizer Save, load weights and continue training'],
  },
  {
    reason: 'gives the weights of an Adagrad to an Adam, which ours refuses',
    specs: ['AdagradOptimizer Continue training after loading weights'],
  },
  {
    reason: "expects stock's dispose, which leaves the tensor of the learning rate behind; ours frees it",
    specs: ['MomentumOptimizer basic', 'MomentumOptimizer basic - with Nesterov'],
  },
  {
    reason: 'takes the slope of the quotient for that of the floored quotient, which is 0',
    specs: ['div gradient: Tensor1D with int32', 'div gradient: 1d<int32> with 1d<bool> '],
  },
  {
    reason:
      'takes the mean for one over the whole window, which is over the pixels in it without the padding',
    specs: ['avgPool gradient x=[3,3,1] f=[3,3] s=1 p=explicit'],
  },
  {
    reason: 'leaves out the gradient of the mirrored values',
    specs: ['mirrorPad grad', 'mirrorPad gradient with clones'],
  },
  {
    reason: 'expects the gradient of a dilated convolution to be refused, which ours computes',
    specs: ['depthwiseConv2d gradients throws error on dilations > 1'],
  },
];

/** On the engine's pools. */
const pools: readonly Exception[] = [
  {
    reason:
      'expects the image of a window of one point, though its places lie in the padding: stock cpu copies the ' +
      'image where the shape stays, and stock wasm returns what its memory held',
    specs: [
      'pool max x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding',
      'pool avg x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding',
    ],
  },
];

/** On TensorFlow, whose own answers differ. */
const native: readonly Exception[] = [
  {
    reason: 'expects that NaN equals NaN; TensorFlow counts each as a value of its own',
    specs: ['unique 1d tensor with NaN and Infinity'],
  },
  {
    reason: 'has no room for the last bit of a float of 30,000',
    specs: ['tan numbers exceed float32 precision'],
  },
  {
    reason: 'expects that a trace is refused, which TensorFlow computes',
    specs: ['einsum 2d matrix calculate trace: duplicate axes not implemented yet'],
  },
];

/** The specs that fail on each back end, by reason. */
export const exceptions: Readonly<Record<string, readonly Exception[]>> = {
  cpu: corrected,
  wasm: [...corrected, ...pools],
  tensorflow: [...corrected, ...native],
};
