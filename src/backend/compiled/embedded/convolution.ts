import { geometryOf } from '../../engine/geometry.ts';
import type { Convolution } from '../emitter.ts';
import type { Place, Program } from './program.ts';

/** The functions of a kind of convolution on raw addresses. */
interface Functions {
  forward(x: number, kernel: number, bias: number, y: number): void;
  kernelGradient(x: number, dy: number, dKernel: number): void;
  inputGradient(dy: number, kernel: number, dx: number): void;
}

function full({ engine, functions }: Program, numbers: number[]): Functions {
  const withScratch = (run: (geometry: number, scratch: number) => void): void => {
    const geometry = engine.integers(numbers);
    run(geometry, engine.scratch(functions.conv2dScratch(geometry)));
  };
  return {
    forward: (x, kernel, bias, y) =>
      withScratch((geometry, scratch) => functions.conv2d(geometry, x, kernel, bias, y, 0, 0, scratch)),
    kernelGradient: (x, dy, to) =>
      withScratch((geometry, scratch) => functions.conv2dFilterGradient(geometry, x, dy, to, scratch)),
    inputGradient: (dy, kernel, to) =>
      withScratch((geometry, scratch) => functions.conv2dInputGradient(geometry, dy, kernel, to, scratch)),
  };
}

function depthwise({ engine, functions }: Program, numbers: number[]): Functions {
  return {
    forward: (x, kernel, bias, y) => functions.depthwiseConv2d(engine.integers(numbers), x, kernel, bias, y),
    kernelGradient: (x, dy, to) => functions.depthwiseFilterGradient(engine.integers(numbers), x, dy, to),
    inputGradient: (dy, kernel, to) =>
      functions.depthwiseInputGradient(engine.integers(numbers), dy, kernel, to),
  };
}

export function convolve(
  program: Program,
  x: Place,
  { kernel, bias, info, kind }: Convolution,
  out: readonly number[],
): Place {
  const w = program.weight(kernel);
  const b = bias && program.weight(bias);
  const y = program.place(
    out,
    [x, w, b].some((one) => (one?.gradient ?? 0) !== 0),
  );
  const channels = out.at(-1)!;
  const { forward, kernelGradient, inputGradient } = (kind === 'full' ? full : depthwise)(
    program,
    geometryOf(info),
  );
  program.onForward(() => forward(x.at, w.at, b?.at ?? 0, y.at));
  program.onWayBack(() => {
    if (w.gradient) program.overwrite(w.size, w.gradient, (to) => kernelGradient(x.at, y.gradient, to));
    if (b?.gradient) program.sumRows(y.gradient, y.size / channels, b);
    if (x.gradient) program.overwrite(x.size, x.gradient, (to) => inputGradient(y.gradient, w.at, to));
  });
  return y;
}
