import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  GatherV2,
  type GatherV2Attrs,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { type Arguments, onCpu, wrapKernel } from '../delegate.ts';
import { bytesOf } from '../heap.ts';
import type { Engine } from './module.ts';

/** From so many numbers on a slice is worth a call of its own. */
const LEAST = 4;

const isOfWords = ({ dtype }: TensorInfo): boolean => dtype === 'float32' || dtype === 'int32';

/** y[b, o, i] = x[b, o, indices[b, i]], each of them a slice; undefined where an index is beyond. */
function gather(engine: Engine, args: Arguments): TensorInfo | undefined {
  const { x, indices } = args.inputs as unknown as { x: Tensor; indices: Tensor };
  const { axis, batchDims } = args.attrs as unknown as GatherV2Attrs;
  const backend = args.backend as BackendWasm;
  const along = util.parseAxisParam(axis, x.shape)[0]!;
  const { collectGatherOpShapeInfo } = backend_util.segment_util;
  const info = collectGatherOpShapeInfo(x, indices, along, batchDims);
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } = info;
  const chosen = backend.readSync(indices.dataId) as Int32Array;
  if (!chosen.every((index) => index >= 0 && index < dimSize)) return undefined;
  const y = backend.makeOutput(outputShape, x.dtype);
  const each = chosen.length / Math.max(1, batchSize);
  const bytes = sliceSize * 4;
  const heap = bytesOf(backend);
  let to = engine.address(y);
  let from = engine.address(x);
  for (let block = 0; block < batchSize * outerSize; block++) {
    const first = Math.floor(block / outerSize) * each;
    for (let i = first; i < first + each; i++) {
      const at = from + chosen[i]! * bytes;
      heap.copyWithin(to, at, at + bytes);
      to += bytes;
    }
    from += dimSize * bytes;
  }
  return y;
}

/**
 * Registers the gathering of slices, such as the rows of a batch, which stock wasm copies number by number, and from
 * the wrong places where each of several batches has its own indices.
 */
export function registerGather(engine: Engine): void {
  const elsewhere = onCpu(GatherV2);
  wrapKernel(GatherV2, (stock) => (args) => {
    const { x, indices } = args.inputs as unknown as { x: TensorInfo; indices: TensorInfo };
    const { axis, batchDims } = args.attrs as unknown as GatherV2Attrs;
    const isWhole = indices.dtype === 'int32' && util.sizeFromShape(x.shape) > 0;
    if (batchDims > 0 && !isOfWords(x)) return elsewhere(args);
    const along = util.parseAxisParam(axis, x.shape)[0]!;
    const isWide = util.sizeFromShape(x.shape.slice(along + 1)) >= LEAST;
    if (!isOfWords(x) || !isWhole || !(isWide || batchDims > 0)) return stock(args);
    // The stock kernel says which index is beyond.
    return gather(engine, args) ?? stock(args);
  });
}
