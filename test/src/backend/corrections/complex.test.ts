import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';

// Stock wasm throws: "Kernel 'Complex' not registered for backend 'wasm'".
onBackends('complex numbers', () => {
  test('have a real and an imaginary part', () => {
    const z = tf.complex([1, 2, 3], [4, 5, 6]);
    expect(z.dtype).toBe('complex64');
    expect([...z.dataSync()]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(read(tf.real(z))).toEqual([1, 2, 3]);
    expect(read(tf.imag(z))).toEqual([4, 5, 6]);
    z.dispose();
  });

  test('are multiplied and joined', () => {
    const z = tf.complex([1, 2], [3, 4]);
    // (1 + 3i)² = -8 + 6i and (2 + 4i)² = -12 + 16i
    expect(read(tf.mul(z, z))).toEqual([-8, 6, -12, 16]);
    expect(read(tf.tidy(() => tf.concat([z, z.clone()])))).toEqual([1, 3, 2, 4, 1, 3, 2, 4]);
    expect(read(tf.tidy(() => tf.abs(tf.complex([3], [4]))))).toEqual([5]);
    z.dispose();
  });

  test('come back from a Fourier transform', () => {
    const values = [1, -2, 3, 0.5, 0, 7];
    const [there, back] = tf.tidy(() => {
      const spectrum = tf.fft(tf.complex(values, tf.zeros([6])));
      return [tf.real(spectrum), tf.real(tf.ifft(spectrum))];
    }) as [tf.Tensor, tf.Tensor];
    // Frequency 0 is the sum, frequency 3 the sum with signs in turn.
    const numbers = read(there);
    expectClose([numbers[0]!, numbers[3]!], [9.5, -1.5]);
    expectClose(read(back), values);
  });

  test('are copied as others are, and freed', () => {
    const z = tf.complex([1], [2]);
    const clone = z.reshape([1, 1]);
    z.dispose();
    expect(read(clone)).toEqual([1, 2]);
  });
});
