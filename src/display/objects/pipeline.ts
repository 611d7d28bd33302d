import { counted } from '../counts.ts';
import { readMember } from '../inspect.ts';
import type { MimeBundle } from '../types.ts';
import { pairsMarkup } from './pairs.ts';

/** A `tf.data` dataset. Nothing of it is read: that may take long, and not be possible twice. */
export function pipelineBundle(dataset: object): MimeBundle {
  const size = readMember(dataset, 'size');
  const columns = readMember(dataset, 'fullColumnNames');
  const amount = sizeText(size);
  const names =
    Array.isArray(columns) && columns.length > 0 ? [['columns', columns.join(', ')] as const] : [];
  const hint = 'await x.take(1).toArray() reads the first element';
  return {
    'text/html': pairsMarkup('Dataset', `of ${amount}`, [...names, ['elements', hint]]),
    'text/plain': [
      `Dataset of ${amount}`,
      ...names.map(([, list]) => `  columns: ${list}`),
      `  ${hint}`,
    ].join('\n'),
  };
}

function sizeText(size: unknown): string {
  if (size === Number.POSITIVE_INFINITY) return 'endless elements';
  if (typeof size !== 'number' || Number.isNaN(size))
    return 'elements whose number is not known before they are read';
  return counted(size, 'element');
}
