import type { Tensor1D } from '@tensorflow/tfjs-core';
import { type Case, given, strings } from '../case.ts';

const words = strings(['a', 'b', 'c', 'd', 'e', 'f']);

export const texts: Case[] = [
  ...[true, false].map(
    (all): Case => ({
      kernel: 'StaticRegexReplace',
      title: all ? 'everywhere' : 'once',
      inputs: [strings(['a+a', 'banana', '', 'ä€'], [2, 2])],
      run: (tf, x) => tf.string.staticRegexReplace(x!, 'a', 'o', all),
    }),
  ),
  ...(
    [
      ['|', [3], 'LP', 'RP', -1, false],
      ['|', [1, 2], '', '', 0, false],
      ['', [5], 'LP', 'RP', 0, true],
      ['|', [3], '', '', 0, false],
    ] as const
  ).map(
    ([separator, widths, left, right, pads, keep], i): Case => ({
      kernel: 'StringNGrams',
      title: `number ${i}`,
      inputs: [words, given([0, 4, 6], [3], 'int32')],
      run: (tf, x, splits) => {
        const r = tf.string.stringNGrams(
          x as Tensor1D,
          splits!,
          separator,
          [...widths],
          left,
          right,
          pads,
          keep,
        );
        return [r.nGrams!, r.nGramsSplits!];
      },
    }),
  ),
  ...(
    [
      [' ', true],
      [' ', false],
      ['', true],
      ['.,', false],
    ] as const
  ).map(
    ([delimiter, skip]): Case => ({
      kernel: 'StringSplit',
      title: `by "${delimiter}"${skip ? '' : ' keeping empty ones'}`,
      inputs: [strings(['pigs on the wing', ' animals', '', 'a.b,,c'])],
      run: (tf, x) => {
        const r = tf.string.stringSplit(x as Tensor1D, tf.scalar(delimiter), skip);
        return [r.indices!, r.values!, r.shape!];
      },
    }),
  ),
  ...[1, 10, 1000].map(
    (buckets): Case => ({
      kernel: 'StringToHashBucketFast',
      title: `${buckets} buckets`,
      inputs: [strings(['a', 'b', 'c', 'hello', '', 'ä€'])],
      run: (tf, x) => tf.string.stringToHashBucketFast(x!, buckets),
    }),
  ),
];
