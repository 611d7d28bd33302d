import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  type Conv2DAttrs,
  getKernel,
  type NamedTensorInfoMap,
  type TensorInfo,
  Transpose,
} from '@tensorflow/tfjs-core';
import { type Ending, isRow, sizeOf } from './activation.ts';

type Info = backend_util.Conv2DInfo;

/** What tfjs's attributes of a convolution, full or depthwise, come down to. */
export function convolutionInfo(
  x: readonly number[],
  filter: readonly number[],
  {
    strides,
    pad,
    dataFormat,
    dilations,
    dimRoundingMode,
  }: Omit<Conv2DAttrs, 'dataFormat'> & { dataFormat?: Conv2DAttrs['dataFormat'] },
  isDepthwise: boolean,
): Info {
  const format = backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC');
  const shapes = [x, filter] as unknown as [Shape, Shape];
  return backend_util.computeConv2DInfo(
    ...shapes,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    isDepthwise,
    format,
  );
}

/** The shape of a convolution or a pooling as the engine's functions read it; see ../assembly/geometry.ts. */
export function geometryOf(info: Info): number[] {
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}

const TO_CHANNELS_LAST = [0, 2, 3, 1];
const TO_CHANNELS_FIRST = [0, 3, 1, 2];

const transpose = (backend: BackendWasm, x: TensorInfo, perm: number[]): TensorInfo =>
  getKernel(Transpose, 'wasm').kernelFunc({ inputs: { x }, attrs: { perm }, backend }) as TensorInfo;

/**
 * Runs `f`, which takes and makes images with channels last, on images in the order that `info` tells.
 *
 * @param images those of `f`'s arguments that are images
 * @param makesImages whether the result is one
 */
export function channelsLast(
  backend: BackendWasm,
  info: Info,
  images: readonly TensorInfo[],
  makesImages: boolean,
  f: (images: readonly TensorInfo[]) => TensorInfo,
): TensorInfo {
  if (info.dataFormat === 'channelsLast') return f(images);
  const turned = images.map((image) => transpose(backend, image, TO_CHANNELS_LAST));
  const result = f(turned);
  for (const { dataId } of turned) backend.disposeData(dataId);
  if (!makesImages) return result;
  const back = transpose(backend, result, TO_CHANNELS_FIRST);
  backend.disposeData(result.dataId);
  return back;
}

type Shape = [number, number, number, number];

/** The shape of the images that a convolution reads, channels last. */
export const imagesShape = (info: Info): Shape => [
  info.batchSize,
  info.inHeight,
  info.inWidth,
  info.inChannels,
];

/** The shape of the images that it makes, channels last. */
export const resultShape = (info: Info): Shape => [
  info.batchSize,
  info.outHeight,
  info.outWidth,
  info.outChannels,
];

/** With channels first one axis of a bias, or of slopes, stands for the channels, not for the columns. */
const perChannel = (values: TensorInfo | null | undefined, { dataFormat }: Info) =>
  dataFormat === 'channelsFirst' && values?.shape.length === 1
    ? { ...values, shape: [values.shape[0]!, 1, 1] }
    : values;

/** What a fused convolution does after it. */
export function endingOf(attrs: Ending, inputs: NamedTensorInfoMap, info: Info): Ending {
  const { bias, preluActivationWeights } = inputs;
  const slopes = perChannel(preluActivationWeights, info);
  return { ...attrs, bias: perChannel(bias, info), preluActivationWeights: slopes };
}

/** Whether the sums of a convolution can start with the bias: it has one number a channel. */
export function startsWithBias(bias: Ending['bias'], { dataFormat, outChannels }: Info): boolean {
  if (bias == null) return false;
  if (dataFormat === 'channelsLast') return isRow(bias, outChannels);
  return bias.shape.at(-3) === outChannels && sizeOf(bias.shape) === outChannels;
}
