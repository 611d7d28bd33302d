import type { Case } from '../case.ts';
import { binary } from './binary.ts';
import { chances } from './chance.ts';
import { convolutions } from './convolution.ts';
import { fused } from './fused.ts';
import { gatherings } from './gather.ts';
import { images } from './image.ts';
import { direct } from './kernels.ts';
import { products } from './matmul.ts';
import { normalizations } from './normalization.ts';
import { poolings } from './pooling.ts';
import { reductions } from './reduce.ts';
import { shapes } from './shape.ts';
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
  ...convolutions,
  ...fused,
  ...poolings,
  ...normalizations,
  ...shapes,
  ...gatherings,
  ...signals,
  ...images,
  ...sparses,
  ...texts,
  ...chances,
  ...direct,
];
