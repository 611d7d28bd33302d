import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core';

/** Windows along one axis. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/** A pooling over three axes; that of a plane has one of length 1. */
export interface Pooling {
  readonly batch: number;
  readonly channels: number;
  readonly axes: readonly [Axis, Axis, Axis];
  readonly outShape: number[];
}

/** What a kernel of pooling is told. */
export interface Attributes {
  readonly filterSize: number | [number, number, number];
  readonly strides: number | [number, number, number];
  readonly dilations?: number;
  readonly pad: 'same';
  readonly dimRoundingMode?: 'floor';
  readonly includeBatchInIndex?: boolean;
}

const FLAT: Axis = { from: 1, to: 1, size: 1, stride: 1, dilation: 1, before: 0 };

function planeOf(
  shape: readonly number[],
  { filterSize, strides, dilations = 1, pad, dimRoundingMode }: Attributes,
): Pooling {
  const info = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as number,
    strides as number,
    dilations,
    pad,
    dimRoundingMode,
  );
  const { padInfo } = info;
  const row = {
    from: info.inHeight,
    to: info.outHeight,
    size: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    before: padInfo.top,
  };
  const column = {
    from: info.inWidth,
    to: info.outWidth,
    size: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    before: padInfo.left,
  };
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    axes: [FLAT, row, column],
    outShape: info.outShape,
  };
}

function spaceOf(
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): Pooling {
  const info = backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { padInfo } = info;
  const level = {
    from: info.inDepth,
    to: info.outDepth,
    size: info.filterDepth,
    stride: info.strideDepth,
    dilation: 1,
    before: padInfo.front,
  };
  const row = {
    from: info.inHeight,
    to: info.outHeight,
    size: info.filterHeight,
    stride: info.strideHeight,
    dilation: 1,
    before: padInfo.top,
  };
  const column = {
    from: info.inWidth,
    to: info.outWidth,
    size: info.filterWidth,
    stride: info.strideWidth,
    dilation: 1,
    before: padInfo.left,
  };
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    axes: [level, row, column],
    outShape: info.outShape,
  };
}

/** The pooling of a plane or of a space. */
export const poolingOf = (x: TensorInfo, attrs: unknown): Pooling =>
  x.shape.length === 5 ? spaceOf(x.shape, attrs as Attributes) : planeOf(x.shape, attrs as Attributes);

/** The places inside the input that each window along an axis covers. */
const windowsOf = ({ from, to, size, stride, dilation, before }: Axis): number[][] =>
  Array.from({ length: to }, (_, i) =>
    Array.from({ length: size }, (_, k) => i * stride - before + k * dilation).filter(
      (p) => p >= 0 && p < from,
    ),
  );

/** Calls `f` for each window with where its first channel is in the output, and where those of its pixels are in the input. */
export function eachWindow(
  { batch, channels, axes }: Pooling,
  f: (to: number, from: readonly number[]) => void,
): void {
  const [levels, rows, columns] = axes.map(windowsOf) as [number[][], number[][], number[][]];
  const [{ from: depth }, { from: height }, { from: width }] = axes;
  let to = 0;
  for (let b = 0; b < batch; b++) {
    for (const level of levels) {
      for (const row of rows) {
        for (const column of columns) {
          const pixels: number[] = [];
          for (const i of level) {
            for (const j of row) {
              const start = ((b * depth + i) * height + j) * width;
              for (const k of column) pixels.push((start + k) * channels);
            }
          }
          f(to, pixels);
          to += channels;
        }
      }
    }
  }
}
