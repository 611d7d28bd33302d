import type { Batch } from '../../backend/layers/internals.ts';
import type { ClassWeight } from './classWeight.ts';

/** A batch for a step. */
export interface Lot {
  /** Inputs, targets, and the weights of the outputs. */
  readonly batch: Batch;
  readonly size: number;
  /** Frees what is not the caller's. */
  free(): void;
}

/** The batches of an epoch. */
export interface Lots {
  /** The next one; undefined after the last. */
  next(): Lot | undefined | Promise<Lot | undefined>;
  /** No more are asked for. */
  end(): void | Promise<void>;
}

/** Where batches come from. */
export interface Source {
  /** How many samples there are; undefined where nobody knows. */
  readonly samples: number | undefined;
  /** How many batches an epoch has; undefined where nobody knows. */
  readonly steps: number | undefined;
  /** Whether it gives its batches once, and not anew in each epoch. */
  readonly isOnce: boolean;
  /** The batches of an epoch from the one at place `skip` on. */
  open(epoch: number, skip: number): Lots | Promise<Lots>;
  dispose(): void | Promise<void>;
}

/** How data is cut into batches. */
export interface Cut {
  /** The public function, for error messages. */
  readonly where: string;
  readonly batchSize: number | undefined;
  readonly steps: number | undefined;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly classWeight: ClassWeight | undefined;
}
