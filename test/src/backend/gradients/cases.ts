// Every operation of tfjs-core that has a gradient, or should have one.

import { binary } from './cases/binary.ts';
import { complexNumbers } from './cases/complexNumbers.ts';
import { convolutions } from './cases/convolutions.ts';
import { elementwise } from './cases/elementwise.ts';
import type { Case, Tf } from './cases/family.ts';
import { images } from './cases/images.ts';
import { normalizing } from './cases/normalizing.ts';
import { pools } from './cases/pools.ts';
import { products } from './cases/products.ts';
import { reductions } from './cases/reductions.ts';
import { shapes } from './cases/shapes.ts';

export const cases = (tf: Tf): Case[] =>
  [
    elementwise,
    binary,
    reductions,
    shapes,
    products,
    convolutions,
    pools,
    images,
    normalizing,
    complexNumbers,
  ].flatMap((family) => family(tf));
