import { checkChoice, checkOptions } from '../core/check.ts';
import { matrixSpec } from './confusion/chart.ts';
import type { ClassLabel } from './confusion/classes.ts';
import { type CountedMatrix, countClasses, isPredictions, readMatrix } from './confusion/matrix.ts';
import { accuracyOf, type Normalization, normalized } from './confusion/normalize.ts';
import { matrixText } from './confusion/text.ts';
import { counted } from './counts.ts';
import { type Figure, figure } from './figure.ts';
import { isList, shortText } from './inspect.ts';
import { vegaLite } from './vegaLite.ts';

/** Options of `confusionMatrix`. */
export interface ConfusionMatrixOptions {
  /**
   * The names of classes that are numbered from 0, or the classes to count and their order; all that occur in
   * ascending order if left out.
   */
  labels?: readonly ClassLabel[];
  /** Shares instead of counts: of the rows ('true', recall), of the columns ('pred', precision), or of 'all'. */
  normalize?: Normalization;
  title?: string;
}

/** A confusion matrix that a notebook shows; `String(…)` gives it as aligned text. */
export interface ConfusionMatrix extends Figure {
  readonly labels: readonly string[];
  /** Counts, or shares: a row for each true class, a column for each predicted one. */
  readonly matrix: readonly (readonly number[])[];
  /** The share of samples that were predicted rightly; NaN without samples. */
  readonly accuracy: number;
}

/**
 * A confusion matrix: how often each class was predicted for each.
 *
 *     C[i][j] = the number of samples of class i that were predicted to be of class j
 *
 * Classes are numbers, text or booleans; rows of probabilities or one-hot codes count as the place of their largest
 * value, single probabilities as 1 from 0.5. As in scikit-learn, rows are the true classes.
 *
 * @param yTrue the true classes of n samples (a list, a typed array, a tensor [n] or [n, classes]), or a matrix of
 *   counts as the only data
 * @param yPred the predicted classes, likewise
 * @param options `labels`: names of numbered classes, or which classes in which order; `normalize`: shares of the
 *   rows ('true'), of the columns ('pred') or of 'all'; `title`
 * @returns a displayable chart with its `matrix`, `labels` and `accuracy`
 * @throws TypeError for what is no class, with its place; RangeError for lists of unequal length, a matrix that is
 *   not square, a class without a name, and more than 300 classes; ArgumentError for an option that is not allowed
 * @example
 * confusionMatrix(['cat', 'dog', 'dog'], ['cat', 'dog', 'cat'], { normalize: 'true' });
 * confusionMatrix(yTest, model.predict(xTest), { labels: ['cat', 'dog', 'bird'] });
 * confusionMatrix([[50, 2], [5, 43]], { labels: ['healthy', 'ill'] });
 */
export function confusionMatrix(
  yTrue: unknown,
  yPred?: unknown,
  options?: ConfusionMatrixOptions,
): ConfusionMatrix {
  const isReady = !isPredictions(yPred);
  if (isReady && yPred !== undefined && (typeof yPred !== 'object' || yPred === null)) {
    const allowed = 'allowed are a list of classes, a typed array and a tensor';
    throw new TypeError(`confusionMatrix: yPred is ${shortText(yPred)}; ${allowed}`);
  }
  const given = options ?? (isReady ? yPred : undefined) ?? {};
  checkOptions('confusionMatrix', given, ['labels', 'normalize', 'title']);
  const { labels, normalize, title = 'Confusion matrix' } = given as ConfusionMatrixOptions;
  const wanted = checkLabels(labels);
  if (normalize !== undefined)
    checkChoice('confusionMatrix', 'normalize', normalize, ['true', 'pred', 'all']);
  const found = isReady ? readMatrix(yTrue, wanted) : countClasses(yTrue, yPred, wanted);
  return drawn(found, title, normalize);
}

function drawn({ names, counts, notes }: CountedMatrix, title: string, by?: Normalization): ConfusionMatrix {
  const values = by === undefined ? counts : normalized(counts, by);
  const accuracy = accuracyOf(counts);
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const shares = { true: 'shares of the true', pred: 'shares of the predicted', all: 'shares of all' };
  const parts = [
    counted(total, 'sample'),
    ...(Number.isNaN(accuracy) ? [] : [`accuracy ${(100 * accuracy).toFixed(1)} %`]),
    ...(by === undefined ? [] : [shares[by]]),
    ...notes,
  ];
  const subtitle = parts.join(' · ');
  const spec = matrixSpec({ names, counts, values, isShare: by !== undefined, title, subtitle });
  const text = (): string =>
    matrixText({ names, values, isShare: by !== undefined, title: `${title}: ${subtitle}` });
  return { ...figure(vegaLite(spec), text), labels: names, matrix: values, accuracy };
}

function checkLabels(labels: unknown): readonly ClassLabel[] | undefined {
  if (labels === undefined) return undefined;
  const list = ArrayBuffer.isView(labels) ? [...(labels as unknown as Iterable<number>)] : labels;
  const isLabel = (label: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof label);
  if (!isList(list) || list.length === 0 || !list.every(isLabel)) {
    throw new TypeError(
      `confusionMatrix: labels is ${shortText(labels)}; allowed is a list of classes or their names`,
    );
  }
  const twice = list.find((label, index) => list.indexOf(label) !== index);
  if (twice !== undefined) {
    throw new RangeError(
      `confusionMatrix: labels holds ${shortText(twice)} twice; allowed is each class once`,
    );
  }
  return list as ClassLabel[];
}
