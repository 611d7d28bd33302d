import { Cast, Cos, FloorDiv, Identity, Relu, Relu6, Sin, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Kernel, wrapKernels } from './kernels.ts';
import { type Backend, valuesOf } from './memory.ts';
import { Work } from './work.ts';

/** Truth values are no negative numbers; stock wasm reads four of them as a float. */
const ofBool =
  (stock: Kernel): Kernel =>
  (args) =>
    args.inputs.x!.dtype === 'bool'
      ? new Work(args.backend as Backend).run(Identity, { x: args.inputs.x! })
      : stock(args);

/** The quotient is a whole number; stock wasm leaves it a float. */
const floorDiv =
  (stock: Kernel): Kernel =>
  (args) => {
    const quotient = stock(args) as TensorInfo;
    if (quotient.dtype === 'int32') return quotient;
    const backend = args.backend as Backend;
    const whole = new Work(backend).run(Cast, { x: quotient }, { dtype: 'int32' });
    backend.disposeData(quotient.dataId);
    return whole;
  };

/** Beyond this stock wasm has no right digit of a sine left. */
const LARGE = 1e4;

/** A sine or cosine; those of large angles by JavaScript. */
const periodic =
  (f: (x: number) => number) =>
  (stock: Kernel): Kernel =>
  (args) => {
    const sines = stock(args) as TensorInfo;
    const backend = args.backend as Backend;
    const from = valuesOf(backend, args.inputs.x!);
    const to = valuesOf(backend, sines);
    for (let i = 0; i < from.length; i++) {
      const x = from[i]!;
      if (x > LARGE || x < -LARGE) to[i] = f(x);
    }
    return sines;
  };

/** The kernels of single numbers that stock wasm computes wrongly. */
export function correctElementwise(): void {
  wrapKernels('wasm', [Relu, Relu6], ofBool);
  wrapKernels('wasm', [FloorDiv], floorDiv);
  wrapKernels('wasm', [Sin], periodic(Math.sin));
  wrapKernels('wasm', [Cos], periodic(Math.cos));
}
