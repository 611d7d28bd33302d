import type { InferenceModel, Scalar, Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { CustomCallback } from '@tensorflow/tfjs-layers';

/** What writes scalars and histograms for TensorBoard. */
interface SummaryFileWriter {
  scalar(name: string, value: Scalar | number, step: number, description?: string): void;
  histogram(name: string, data: Tensor, step: number, buckets?: number, description?: string): void;
  /** Writes what is kept in memory. */
  flush(): void;
}

/** One graph of a saved model: its tags and, by name, its signatures with their inputs and outputs. */
interface MetaGraph {
  tags: string[];
  signatureDefs: Record<
    string,
    Record<
      'inputs' | 'outputs',
      Record<string, { dtype: string; tfDtype: string; name: string; shape: number[] }>
    >
  >;
}

/** A signature of a saved model. */
interface SavedModel extends InferenceModel {
  dispose(): void;
}

/** What `tf.node` of @tensorflow/tfjs-node holds: https://js.tensorflow.org/api_node/4.22.0/. */
export interface NodeApi {
  decodeImage(
    content: Uint8Array,
    channels?: number,
    dtype?: string,
    expandAnimations?: boolean,
  ): Tensor3D | Tensor4D;
  decodeBmp(contents: Uint8Array, channels?: number): Tensor3D;
  decodeGif(contents: Uint8Array): Tensor4D;
  decodePng(contents: Uint8Array, channels?: number, dtype?: string): Tensor3D;
  decodeJpeg(
    contents: Uint8Array,
    channels?: number,
    ratio?: number,
    fancyUpscaling?: boolean,
    tryRecoverTruncated?: boolean,
    acceptableFraction?: number,
    dctMethod?: string,
  ): Tensor3D;
  encodeJpeg(
    image: Tensor3D,
    format?: '' | 'grayscale' | 'rgb',
    quality?: number,
    progressive?: boolean,
    optimizeSize?: boolean,
    chromaDownsampling?: boolean,
    densityUnit?: 'in' | 'cm',
    xDensity?: number,
    yDensity?: number,
    xmpMetadata?: string,
  ): Promise<Uint8Array>;
  encodePng(image: Tensor3D, compression?: number): Promise<Uint8Array>;
  summaryFileWriter(
    logdir: string,
    maxQueue?: number,
    flushMillis?: number,
    filenameSuffix?: string,
  ): SummaryFileWriter;
  tensorBoard(
    logdir?: string,
    args?: { updateFreq?: 'batch' | 'epoch'; histogramFreq?: number },
  ): CustomCallback;
  getMetaGraphsFromSavedModel(path: string): Promise<MetaGraph[]>;
  getNumOfSavedModels(): number;
  loadSavedModel(path: string, tags?: string[], signature?: string): Promise<SavedModel>;
}
