// The declarations of what models take beside what tfjs declares.
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type {
  Callback,
  ClassWeight,
  ClassWeightMap,
  CustomCallbackArgs,
  History,
  ModelEvaluateArgs,
  ModelFitArgs,
} from '@tensorflow/tfjs-layers';
import type { SampleWeights } from './weights.ts';

export type { SampleWeights };

type Data = Tensor | Tensor[];
type NamedData = Data | { [name: string]: Tensor };

/** Weights of samples. */
export interface Weighted {
  /**
   * What the loss of each sample is multiplied by: as many numbers as samples, in a tensor or an array; of shape
   * [samples, steps] for a weight a step of a sequence. For a model of several outputs one for all of them, or
   * one for each in a list or by the output's name, null for none. With `classWeight` both are multiplied. The
   * loss that is reported is the mean over the samples of these products; metrics are not weighed.
   */
  sampleWeight?: SampleWeights | undefined;
}

/** Options of `model.fit`. */
export interface FitOptions
  extends Omit<ModelFitArgs, 'sampleWeight' | 'validationData' | 'callbacks'>,
    Weighted {
  /** The data to validate on after each epoch, its weights third. */
  validationData?: [x: Data, y: Data] | [x: Data, y: Data, sampleWeight: SampleWeights];
  /** Callbacks of tfjs and objects of functions, also mixed. */
  callbacks?: CustomCallbackArgs | (Callback | CustomCallbackArgs)[];
}

/** Options of `model.evaluate`. */
export interface EvaluateOptions extends Omit<ModelEvaluateArgs, 'sampleWeight'>, Weighted {}

/** Options of `model.trainOnBatch`. */
export interface BatchOptions extends Weighted {
  /** The weight of each class by its index. */
  classWeight?: ClassWeight | ClassWeight[] | ClassWeightMap | undefined;
}

// Overloads: a class cannot be declared to extend what its own methods do not take.
declare module '@tensorflow/tfjs-layers/dist/engine/training.js' {
  interface LayersModel {
    /** Trains with weights of samples. */
    fit(x: NamedData, y: NamedData, options: FitOptions): Promise<History>;
    /** The loss, with weights of samples, and the metrics. */
    evaluate(x: Data, y: Data, options: EvaluateOptions): Scalar | Scalar[];
    /** One step of training; resolves to the loss, followed by the metrics if there are any. */
    trainOnBatch(x: NamedData, y: NamedData, options: BatchOptions): Promise<number | number[]>;
  }
}

declare module '@tensorflow/tfjs-layers/dist/models.js' {
  interface Sequential {
    /** Trains with weights of samples. */
    fit(x: NamedData, y: NamedData, options: FitOptions): Promise<History>;
    /** The loss, with weights of samples, and the metrics. */
    evaluate(x: Data, y: Data, options: EvaluateOptions): Scalar | Scalar[];
    /** One step of training; resolves to the loss, followed by the metrics if there are any. */
    trainOnBatch(x: NamedData, y: NamedData, options: BatchOptions): Promise<number | number[]>;
  }
}
