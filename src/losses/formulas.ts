import { described } from '../core/description.ts';
import { cosineSimilarity } from './cosineSimilarity.ts';
import { binaryCrossentropy, categoricalCrossentropy } from './crossentropy.ts';
import { jensenShannon, klDivergence } from './divergence.ts';
import { contrastive, ntXent, triplet } from './embedding.ts';
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

type Defaults = Readonly<Record<string, unknown>>;

/** What the options of every loss are when they are left out; undefined is none. */
const ofVectors: Defaults = { sampleWeight: undefined, mask: undefined, reduction: 'mean' };
const common: Defaults = { axis: -1, ...ofVectors };
const classes: Defaults = { classWeight: undefined, ...common };
const probabilities: Defaults = { fromLogits: false, labelSmoothing: 0, ...classes };
const focal: Defaults = { gamma: 2, alpha: 0.25, ...probabilities };
const overAll: Defaults = { ...common, axis: undefined };

/** Each loss with its formula, in the words of its documentation, and the options of its own. */
const formulas: readonly (readonly [
  loss: { readonly name: string },
  formula: string,
  options: Defaults,
  parameters?: readonly string[],
])[] = [
  [binaryCrossentropy, '−mean(y·log p + (1 − y)·log(1 − p))', probabilities],
  [binaryFocal, 'mean(α_t·(1 − p_t)^γ·(−log p_t)), p_t the probability of the true label', focal],
  [categoricalCrossentropy, '−mean(Σ_k y_k·log p_k)', probabilities],
  [categoricalFocal, 'mean(Σ_k α·(1 − p_k)^γ·(−y_k·log p_k))', focal],
  [categoricalHinge, 'mean(max(0, 1 + max_k((1 − y_k)·p_k) − Σ_k y_k·p_k))', classes],
  [
    contrastive,
    'mean(s·d² + (1 − s)·max(0, margin − d)²)',
    { margin: 1, ...ofVectors },
    ['same', 'distance'],
  ],
  [cosineSimilarity, '−mean(y·p / (‖y‖·‖p‖))', common],
  [dice, '1 − 2·Σ y·p / (Σ y + Σ p)', overAll],
  [hinge, 'mean(max(0, 1 − y·p)), y in {−1, 1}', classes],
  [huber, 'mean(½e²) where |e| ≤ δ, else mean(δ|e| − ½δ²), e = y − p', { delta: 1, ...common }],
  [jensenShannon, 'mean(½·KL(y ‖ m) + ½·KL(p ‖ m)), m = (y + p)/2', common],
  [klDivergence, 'mean(Σ_k y_k·log(y_k / p_k))', common],
  [logCosh, 'mean(log cosh(p − y))', common],
  [meanAbsoluteError, 'mean(|y − p|)', common],
  [meanAbsolutePercentageError, '100 · mean(|y − p| / max(|y|, 1e-7))', common],
  [meanSquaredError, 'mean((y − p)²)', common],
  [meanSquaredLogarithmicError, 'mean((log(1 + y) − log(1 + p))²)', common],
  [
    ntXent,
    'mean_i(−log(exp(s(i, i′)/τ) / Σ_{k≠i} exp(s(i, k)/τ))), s the cosine similarity',
    { temperature: 0.5, ...ofVectors },
    ['z1', 'z2'],
  ],
  [poisson, 'mean(p − y·log(p + 1e-7))', common],
  [quantile, 'mean(max(q·e, (q − 1)·e)), e = y − p', { q: 0.5, ...common }],
  [sparseCategoricalCrossentropy, '−mean(log p[y])', { ignoreIndex: undefined, ...probabilities }],
  [squaredHinge, 'mean(max(0, 1 − y·p)²), y in {−1, 1}', classes],
  [
    triplet,
    'mean(max(0, ‖a − p‖ − ‖a − n‖ + margin))',
    { margin: 1, ...ofVectors },
    ['anchor', 'positive', 'negative'],
  ],
  [tversky, '1 − TP / (TP + α·FP + β·FN)', { alpha: 0.5, beta: 0.5, ...overAll }],
];

for (const [loss, formula, options, inputs = ['yTrue', 'yPred']] of formulas) {
  const parameters = [...inputs, 'options'];
  described(loss, { kind: 'loss', name: loss.name, options, formula, parameters });
}
