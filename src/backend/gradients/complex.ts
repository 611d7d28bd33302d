// Gradients of complex numbers: that of z is ∂L/∂Re z + i·∂L/∂Im z, as in TensorFlow.
import {
  Cast,
  Complex,
  ComplexAbs,
  cast,
  clone,
  complex,
  div,
  FFT,
  fft,
  getGradient,
  greater,
  Identity,
  IFFT,
  Imag,
  ifft,
  imag,
  Multiply,
  mul,
  neg,
  onesLike,
  Real,
  real,
  reshape,
  Sub,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { runKernel, setGradient } from './register.ts';

const isComplex = (x: Tensor): boolean => x.dtype === 'complex64';
const asComplex = (x: Tensor): Tensor => complex(x, zerosLike(x));
const conjugate = (x: Tensor): Tensor => complex(real(x), neg(imag(x)));

setGradient(Complex, {}, (dy) => ({ real: () => real(dy), imag: () => imag(dy) }));
setGradient(Real, {}, (dy) => ({ input: () => asComplex(dy) }));
setGradient(Imag, {}, (dy) => ({ input: () => complex(zerosLike(dy), dy) }));

/** z/|z|, and 0 at 0. */
setGradient(ComplexAbs, { inputsToSave: ['x'] }, (dy, [x]) => ({
  x: () => {
    const size = runKernel(ComplexAbs, { x: x! });
    const isLong = greater(size, 0);
    const share = where(isLong, div(dy, where(isLong, size, onesLike(size))), zerosLike(size));
    return complex(mul(real(x!), share), mul(imag(x!), share));
  },
}));

/** The transforms of length n, over the last axis: the adjoint of one is the other, times n or over n. */
setGradient(FFT, {}, (dy) => ({
  input: () => {
    const inverse = ifft(dy);
    const n = dy.shape.at(-1)!;
    return complex(mul(real(inverse), n), mul(imag(inverse), n));
  },
}));
setGradient(IFFT, {}, (dy) => ({
  input: () => {
    const forward = fft(dy);
    const n = dy.shape.at(-1)!;
    return complex(div(real(forward), n), div(imag(forward), n));
  },
}));

setGradient(Identity, {}, (dy) => ({ x: () => (isComplex(dy) ? clone(dy) : cast(dy, 'float32')) }));

/** From a real number to a complex one its real part counts. */
setGradient(Cast, { inputsToSave: ['x'] }, (dy, [x]) => ({
  x: () => (isComplex(dy) && !isComplex(x!) ? real(dy) : clone(dy)),
}));

const product = getGradient(Multiply).gradFunc;

setGradient(Multiply, { inputsToSave: ['a', 'b'] }, (dy, saved, attrs) => {
  const [a, b] = saved as [Tensor, Tensor];
  if (!isComplex(dy)) return product(dy, saved, attrs as never) as Record<string, () => Tensor>;
  const by = (x: Tensor, other: Tensor) => (): Tensor => {
    const dx = mul(dy, isComplex(other) ? conjugate(other) : asComplex(cast(other, 'float32')));
    return isComplex(x) ? dx : real(dx);
  };
  return { a: by(a, b), b: by(b, a) };
});

const difference = getGradient(Sub).gradFunc;

/** tfjs negates real numbers alone. */
setGradient(Sub, { inputsToSave: ['a', 'b'] }, (dy, saved, attrs) => {
  const found = difference(dy, saved, attrs as never) as Record<string, () => Tensor>;
  if (!isComplex(dy)) return found;
  const [, b] = saved;
  return { a: found.a!, b: () => reshape(complex(neg(real(dy)), neg(imag(dy))), b!.shape) };
});
