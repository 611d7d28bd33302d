import { registerLosses } from '../core/losses.ts';
import { cosineSimilarity } from './cosineSimilarity.ts';
import { binaryCrossentropy, categoricalCrossentropy } from './crossentropy.ts';
import { jensenShannon, klDivergence } from './divergence.ts';
import { contrastive } from './embedding.ts';
import { binaryFocal, categoricalFocal } from './focal.ts';
import { categoricalHinge, hinge, squaredHinge } from './hinge.ts';
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from './meanErrors.ts';
import { dice, tversky } from './overlap.ts';
import { poisson } from './poisson.ts';
import { huber, logCosh, quantile } from './robust.ts';
import { sparseCategoricalCrossentropy } from './sparseCategoricalCrossentropy.ts';

// The losses of two arguments: those that a model can be compiled with.
registerLosses([
  binaryCrossentropy,
  binaryFocal,
  categoricalCrossentropy,
  categoricalFocal,
  categoricalHinge,
  contrastive,
  cosineSimilarity,
  dice,
  hinge,
  huber,
  jensenShannon,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  quantile,
  sparseCategoricalCrossentropy,
  squaredHinge,
  tversky,
]);
