import { FFT, IFFT, type TensorInfo } from '@tensorflow/tfjs-core';
import { complexOf, partsOf } from './complexMemory.ts';
import type { Kernel, Kernels } from './kernels.ts';
import { type Arguments, type Backend, result, valuesOf } from './memory.ts';

/** Complex numbers in two arrays. */
interface Pair {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const pairOf = (n: number): Pair => ({ re: new Float64Array(n), im: new Float64Array(n) });

/** exp(−2πik/n) for k below `count`; `square` asks for exp(−πik²/n). */
function roots(n: number, count: number, square = false): Pair {
  const { re, im } = pairOf(count);
  for (let k = 0; k < count; k++) {
    // k² grows beyond what the sine is exact for: it has the period 2n.
    const angle = square ? (-Math.PI * ((k * k) % (2 * n))) / n : (-2 * Math.PI * k) / n;
    re[k] = Math.cos(angle);
    im[k] = Math.sin(angle);
  }
  return { re, im };
}

/** Where each index goes when its bits are read from the other end. */
function reversedBits(n: number): Uint32Array {
  const reversed = new Uint32Array(n);
  for (let i = 1; i < n; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? n >> 1 : 0);
  return reversed;
}

/** Cooley and Tukey's transform of a power of two, in place. */
function transformOfPowerOfTwo(n: number): (x: Pair) => void {
  const reversed = reversedBits(n);
  const root = roots(n, n >> 1);
  return ({ re, im }) => {
    for (let i = 0; i < n; i++) {
      const j = reversed[i]!;
      if (j <= i) continue;
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
    for (let half = 1; half < n; half *= 2) {
      const stride = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half) {
        for (let k = 0, w = 0; k < half; k++, w += stride) {
          const [i, j] = [start + k, start + k + half];
          const [c, s] = [root.re[w]!, root.im[w]!];
          const real = re[j]! * c - im[j]! * s;
          const imag = re[j]! * s + im[j]! * c;
          re[j] = re[i]! - real;
          im[j] = im[i]! - imag;
          re[i]! += real;
          im[i]! += imag;
        }
      }
    }
  };
}

/** Bluestein's transform of any length: a convolution, by transforms of a power of two. */
function transformOfAnyLength(n: number): (x: Pair) => void {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const inner = transformOfPowerOfTwo(size);
  const chirp = roots(n, n, true);
  const kernel = pairOf(size);
  for (let i = 0; i < n; i++) {
    const [re, im] = [chirp.re[i]!, -chirp.im[i]!];
    [kernel.re[i], kernel.im[i]] = [re, im];
    if (i > 0) [kernel.re[size - i], kernel.im[size - i]] = [re, im];
  }
  inner(kernel);
  const work = pairOf(size);
  return ({ re, im }) => {
    work.re.fill(0);
    work.im.fill(0);
    for (let i = 0; i < n; i++) {
      work.re[i] = re[i]! * chirp.re[i]! - im[i]! * chirp.im[i]!;
      work.im[i] = re[i]! * chirp.im[i]! + im[i]! * chirp.re[i]!;
    }
    inner(work);
    for (let i = 0; i < size; i++) {
      const real = work.re[i]! * kernel.re[i]! - work.im[i]! * kernel.im[i]!;
      const imag = work.re[i]! * kernel.im[i]! + work.im[i]! * kernel.re[i]!;
      // Its conjugate: the transform of that is the conjugate of the inverse.
      work.re[i] = real;
      work.im[i] = -imag;
    }
    inner(work);
    for (let i = 0; i < n; i++) {
      const [real, imag] = [work.re[i]! / size, -work.im[i]! / size];
      re[i] = real * chirp.re[i]! - imag * chirp.im[i]!;
      im[i] = real * chirp.im[i]! + imag * chirp.re[i]!;
    }
  };
}

/** The transform of that length, of each row in turn. */
const transformOf = (n: number): ((x: Pair) => void) =>
  (n & (n - 1)) === 0 ? transformOfPowerOfTwo(n) : transformOfAnyLength(n);

const transform =
  (inverse: boolean): Kernel =>
  ({ inputs, backend }: Arguments): TensorInfo => {
    const input = inputs.input!;
    const own = backend as Backend;
    const n = input.shape.at(-1)!;
    const [real, imag] = [result(own, input.shape, 'float32').info, result(own, input.shape, 'float32').info];
    const parts = partsOf(own, input);
    const [re, im] = [valuesOf(own, parts.real), valuesOf(own, parts.imag)];
    const [outRe, outIm] = [valuesOf(own, real), valuesOf(own, imag)];
    if (n > 0) {
      const row = pairOf(n);
      const forward = transformOf(n);
      // The inverse is the transform with the parts changed over.
      const [a, b] = inverse ? [row.im, row.re] : [row.re, row.im];
      const scale = inverse ? 1 / n : 1;
      for (let start = 0; start < re.length; start += n) {
        a.set(re.subarray(start, start + n));
        b.set(im.subarray(start, start + n));
        forward(row);
        for (let i = 0; i < n; i++) {
          outRe[start + i] = a[i]! * scale;
          outIm[start + i] = b[i]! * scale;
        }
      }
    }
    return complexOf(own, real, imag);
  };

/** tfjs's own takes n² steps for lengths that are no power of two, and wasm has none. */
export const fourierTransforms: Kernels = { [FFT]: transform(false), [IFFT]: transform(true) };
