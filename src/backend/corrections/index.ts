import { correctComplexOnCpu, correctComplexOnWasm } from './complex.ts';
import { spaceGradients } from './convolution3d.ts';
import { correctCounts, onlyInWasm } from './counts.ts';
import { einsums } from './einsum.ts';
import { correctElementwise } from './elementwise.ts';
import { fourierTransforms } from './fourier.ts';
import { handWrongToCpu } from './handed.ts';
import { imageGradients } from './images.ts';
import { type Kernels, setKernels } from './kernels.ts';
import { maximumPools, poolingGradients } from './pooling.ts';
import { correctScatter } from './scatter.ts';
import { segmentSums } from './segments.ts';
import { correctShapes } from './shapes.ts';
import { transformations } from './transform.ts';

export { holdComplex } from './complexMemory.ts';

/** What JavaScript computes for both back ends. */
const BOTH: Kernels = {
  ...einsums,
  ...fourierTransforms,
  ...imageGradients,
  ...poolingGradients,
  ...segmentSums,
  ...transformations,
};

/** Puts the kernels of the JavaScript back end right. Call it when its own are registered. */
export function correctCpu(): void {
  setKernels('cpu', { ...BOTH, ...onlyInWasm });
  correctCounts();
  correctScatter();
  correctShapes('cpu');
  correctComplexOnCpu();
}

/** Puts those of the wasm back end right, and gives it those it lacks. */
export function correctWasm(): void {
  handWrongToCpu();
  setKernels('wasm', { ...BOTH, ...maximumPools, ...spaceGradients });
  correctElementwise();
  correctShapes('wasm');
  correctComplexOnWasm();
}
