import {
  Add,
  Cast,
  Complex,
  ComplexAbs,
  Concat,
  FlipLeftRight,
  GatherNd,
  GatherV2,
  Imag,
  Multiply,
  Neg,
  OnesLike,
  Pack,
  PadV2,
  Real,
  Reverse,
  Slice,
  SplitV,
  StridedSlice,
  Sub,
  Sum,
  type TensorInfo,
  Tile,
  Transpose,
  Unpack,
  ZerosLike,
} from '@tensorflow/tfjs-core';
import { complexOf, copyOf, partsOf } from './complexMemory.ts';
import { type Kernel, type Kernels, setKernels, wrapKernels } from './kernels.ts';
import { type Arguments, type Backend, result, valuesOf } from './memory.ts';
import { Work } from './work.ts';

/** What moves numbers or adds them up does so to the real and to the imaginary parts. */
const BY_PARTS = [
  Concat,
  FlipLeftRight,
  GatherNd,
  GatherV2,
  Neg,
  Pack,
  PadV2,
  Reverse,
  Slice,
  SplitV,
  StridedSlice,
  Sum,
  Tile,
  Transpose,
  Unpack,
  ZerosLike,
];

const isComplex = ({ dtype }: TensorInfo): boolean => dtype === 'complex64';

/** The inputs with a part of each complex one in its place. */
function partInputs({ inputs, backend }: Arguments, part: 'real' | 'imag'): Arguments['inputs'] {
  const entries = Object.entries(inputs).map(([name, x]): [string, TensorInfo | undefined] => [
    name,
    x && isComplex(x) ? partsOf(backend as Backend, x)[part] : x,
  ]);
  return Object.assign(Array.isArray(inputs) ? [] : {}, Object.fromEntries(entries)) as Arguments['inputs'];
}

const byParts =
  (stock: Kernel): Kernel =>
  (args) => {
    const { inputs, attrs, backend } = args;
    if (!Object.values(inputs).some((x) => x && isComplex(x))) return stock(args);
    const real = stock({ ...args, inputs: partInputs(args, 'real') });
    // What is filled in is a real number.
    const filled = attrs && 'constantValue' in attrs ? { ...attrs, constantValue: 0 } : attrs;
    const imag = stock({ inputs: partInputs(args, 'imag'), backend, ...(filled && { attrs: filled }) });
    const join = (re: TensorInfo, im: TensorInfo): TensorInfo => complexOf(backend as Backend, re, im);
    if (!Array.isArray(real)) return join(real, imag as TensorInfo);
    return real.map((re, i) => join(re, (imag as TensorInfo[])[i]!));
  };

const onesLike =
  (stock: Kernel): Kernel =>
  (args) => {
    if (!isComplex(args.inputs.x!)) return stock(args);
    const backend = args.backend as Backend;
    const { real, imag } = partsOf(backend, args.inputs.x!);
    const ones = stock({ ...args, inputs: { x: real } }) as TensorInfo;
    return complexOf(backend, ones, result(backend, imag.shape, 'float32').info);
  };

/** To complex numbers with no imaginary part, and from them to their real one. */
const cast =
  (stock: Kernel): Kernel =>
  (args) => {
    const backend = args.backend as Backend;
    const x = args.inputs.x!;
    const to = (args.attrs as { dtype?: string } | undefined)?.dtype;
    if (isComplex(x)) {
      const { real, imag } = partsOf(backend, x);
      if (to === 'complex64') return complexOf(backend, copyOf(backend, real), copyOf(backend, imag));
      return stock({ ...args, inputs: { x: real } });
    }
    if (to !== 'complex64') return stock(args);
    const real = stock({ ...args, attrs: { dtype: 'float32' } }) as TensorInfo;
    return complexOf(backend, real, result(backend, x.shape, 'float32').info);
  };

/** Sums and differences are those of the parts; a product is (ac − bd) + (ad + bc)i. */
const arithmetic =
  (stock: Kernel, name: string): Kernel =>
  (args) => {
    const { a, b } = args.inputs;
    if (!isComplex(a!) || !isComplex(b!)) return stock(args);
    const backend = args.backend as Backend;
    const [x, y] = [partsOf(backend, a!), partsOf(backend, b!)];
    const run = (work: Work, kernel: string, p: TensorInfo, q: TensorInfo): TensorInfo =>
      work.run(kernel, { a: p, b: q });
    const part = (f: (work: Work) => TensorInfo): TensorInfo => {
      const work = new Work(backend);
      return work.finish(f(work));
    };
    if (name !== Multiply) {
      return complexOf(
        backend,
        part((work) => run(work, name, x.real, y.real)),
        part((work) => run(work, name, x.imag, y.imag)),
      );
    }
    return complexOf(
      backend,
      part((w) => run(w, Sub, run(w, Multiply, x.real, y.real), run(w, Multiply, x.imag, y.imag))),
      part((w) => run(w, Add, run(w, Multiply, x.real, y.imag), run(w, Multiply, x.imag, y.real))),
    );
  };

function magnitude({ inputs, backend }: Arguments): TensorInfo {
  const x = inputs.x!;
  const { info, values } = result(backend as Backend, x.shape, 'float32');
  const { real, imag } = partsOf(backend as Backend, x);
  const [re, im] = [valuesOf(backend as Backend, real), valuesOf(backend as Backend, imag)];
  // Squares of floats fit in doubles.
  for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(re[i]! * re[i]! + im[i]! * im[i]!);
  return info;
}

const part =
  (name: 'real' | 'imag'): Kernel =>
  ({ inputs, backend }) =>
    copyOf(backend as Backend, partsOf(backend as Backend, inputs.input!)[name]);

const complexKernels: Kernels = {
  [Complex]: ({ inputs, backend }) =>
    complexOf(
      backend as Backend,
      copyOf(backend as Backend, inputs.real!),
      copyOf(backend as Backend, inputs.imag!),
    ),
  [ComplexAbs]: magnitude,
  [Real]: part('real'),
  [Imag]: part('imag'),
};

/** What the JavaScript back end has only for real numbers, and its sums and products of shapes that differ. */
const REAL_ON_CPU = [
  FlipLeftRight,
  GatherNd,
  GatherV2,
  Neg,
  PadV2,
  Reverse,
  Slice,
  SplitV,
  StridedSlice,
  Sum,
  Tile,
  Unpack,
];

export function correctComplexOnCpu(): void {
  wrapKernels('cpu', REAL_ON_CPU, byParts);
  wrapKernels('cpu', [Add, Sub, Multiply], arithmetic);
}

/** Complex numbers for the wasm back end, which has none. */
export function correctComplexOnWasm(): void {
  setKernels('wasm', complexKernels);
  wrapKernels('wasm', BY_PARTS, byParts);
  wrapKernels('wasm', [OnesLike], onesLike);
  wrapKernels('wasm', [Cast], cast);
  wrapKernels('wasm', [Add, Sub, Multiply], arithmetic);
}
