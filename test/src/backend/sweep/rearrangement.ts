import { bool, type Case, float, int, type Numbers, type Source, type Tensor, type Tf } from './case.ts';

/** The types of numbers. */
export type Kind = 'float32' | 'int32' | 'bool';
export const KINDS: readonly Kind[] = ['float32', 'int32', 'bool'];

/** An input of that type. */
export const of = (kind: Kind, shape: readonly number[]): Source =>
  kind === 'float32' ? float(shape) : kind === 'int32' ? int(shape) : bool(shape);

/** What moves the numbers of one tensor about. */
export interface Rearrangement {
  readonly kernel: string;
  readonly title: string;
  readonly shape: readonly number[];
  readonly run: (tf: Tf, x: Tensor) => Tensor | Tensor[];
  readonly reference?: (x: Numbers) => Numbers | Numbers[];
  readonly kinds?: readonly Kind[];
}

/** The same for each dtype; with the gradient for floats. */
export const casesOf = ({ kernel, title, shape, run, reference, kinds = KINDS }: Rearrangement): Case[] =>
  kinds.map((kind) => ({
    kernel,
    title: `${kind} ${title}`,
    inputs: [of(kind, shape)],
    run: (tf, x) => run(tf, x!),
    reference,
    gradient: kind === 'float32' ? ('differences' as const) : undefined,
  }));
