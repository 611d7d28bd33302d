import { type AnyTensor, lookAt } from '../../core/text/read.ts';
import { tensorText } from '../../core/text/tensor.ts';
import { readMethod } from '../inspect.ts';
import type { MimeBundle } from '../types.ts';

/** Pictures of fewer pixels a side are hardly any. */
const smallestPicture = 8;

/** A tensor as text; where it can only be read later, then. */
export function tensorBundle(tensor: AnyTensor): MimeBundle | Promise<MimeBundle> {
  const look = lookAt(tensor);
  const later =
    look.values === undefined && tensor.isDisposed !== true ? readMethod(tensor, 'data') : undefined;
  const bundle = (shown: typeof look): MimeBundle => ({
    'text/plain': [tensorText(shown), ...pictureHint(tensor)].join('\n'),
  });
  if (!later) return bundle(look);
  return Promise.resolve(later()).then(
    (values) => bundle({ ...look, values: values as ArrayLike<unknown> }),
    () => bundle(look),
  );
}

/** Tensors of the shape of pictures are numbers all the same; a reader is told how to see them. */
function pictureHint({ shape, dtype, isDisposed }: AnyTensor): string[] {
  const [height = 0, width = 0] = shape.slice(-3, -1);
  const isPicture = shape.length >= 3 && shape.length <= 4 && [1, 3, 4].includes(shape.at(-1)!);
  const isLarge = height >= smallestPicture && width >= smallestPicture;
  if (!isPicture || !isLarge || isDisposed || !['float32', 'int32', 'bool'].includes(dtype)) return [];
  return [shape.length === 3 ? '(image(x) shows it as a picture)' : '(image(x) shows it as pictures)'];
}
