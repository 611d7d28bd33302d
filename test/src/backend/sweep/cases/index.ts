import type { Case } from '../case.ts';
import { binary } from './binary.ts';
import { blocks } from './blocks.ts';
import { chances } from './chance.ts';
import { convolutions } from './convolution.ts';
import { einsums } from './einsum.ts';
import { fused } from './fused.ts';
import { gatherings } from './gather.ts';
import { images } from './image.ts';
import { joins } from './join.ts';
import { direct } from './kernels.ts';
import { large } from './large.ts';
import { makings } from './made.ts';
import { products } from './matmul.ts';
import { normalizations } from './normalization.ts';
import { poolings } from './pooling.ts';
import { rearranged } from './rearrange.ts';
import { reductions } from './reduce.ts';
import { searchings } from './search.ts';
import { signals } from './signal.ts';
import { sparses } from './sparse.ts';
import { texts } from './text.ts';
import { unary } from './unary.ts';

/** Every case, by family. */
export const cases: readonly Case[] = [
  ...unary,
  ...binary,
  ...reductions,
  ...products,
  ...einsums,
  ...convolutions,
  ...fused,
  ...poolings,
  ...normalizations,
  ...rearranged,
  ...blocks,
  ...joins,
  ...makings,
  ...gatherings,
  ...searchings,
  ...signals,
  ...images,
  ...sparses,
  ...texts,
  ...chances,
  ...direct,
  ...large,
];
