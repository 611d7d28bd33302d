import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

type Tensor = tfjs.Tensor;

export function complexNumbers(tf: Tf): Case[] {
  const family = new Family(tf, 10);
  const { add, constant } = family;
  const power = (z: Tensor): Tensor => tf.add(tf.square(tf.real(z)), tf.exp(tf.imag(z)));
  const other = constant([2, 3]);
  add('complex and its parts', [2, 3], (x) => power(tf.complex(x, tf.square(x))));
  add('abs of complex', [2, 3], (x) => tf.abs(tf.complex(x, tf.square(x))));
  add('fft', [2, 4], (x) => power(tf.fft(tf.complex(x, tf.sin(x)))));
  add('ifft', [2, 4], (x) => power(tf.ifft(tf.complex(x, tf.sin(x)))));
  add('rfft of an odd length', [2, 5], (x) => power(tf.spectral.rfft(x)));
  add('rfft, longer', [6], (x) => tf.square(tf.abs(tf.spectral.rfft(x, 8))));
  add('irfft', [2, 4], (x) => tf.square(tf.spectral.irfft(tf.complex(x, tf.square(x)))));
  add('stft', [8], (x) => tf.square(tf.abs(tf.signal.stft(x as tfjs.Tensor1D, 4, 2))));
  add('complex product', [2, 3], (x) => {
    const z = tf.complex(x, tf.square(x));
    return power(tf.mul(z, tf.mul(z, tf.complex(other(), other()))));
  });
  add('complex sum and difference', [2, 3], (x) => {
    const z = tf.complex(x, tf.square(x));
    return power(tf.sub(tf.add(z, tf.complex(other(), x)), tf.reshape(tf.reshape(z, [6]), [2, 3])));
  });
  return family.list;
}
