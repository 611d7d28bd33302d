import { bool, type Case, float, given, type Tensor, type Tf } from '../case.ts';

/** A kernel that no operation reaches with these arguments. */
const kernel = (tf: Tf, name: string, inputs: Record<string, Tensor>, attrs = {}): Tensor =>
  tf.engine().runKernel(name, inputs, attrs) as Tensor;

const canvas = {
  width: 0,
  height: 0,
  drawn: [] as number[],
  getContext() {
    return { putImageData: (image: { data: Uint8ClampedArray }) => void this.drawn.push(...image.data) };
  },
};

export const direct: Case[] = [
  {
    kernel: 'LogicalXor',
    title: 'kernel',
    inputs: [bool([5]), bool([5])],
    run: (tf, a, b) => kernel(tf, 'LogicalXor', { a: a!, b: b! }),
  },
  {
    kernel: 'EluGrad',
    title: 'kernel',
    inputs: [float([7]), float([7], -0.9, 2)],
    run: (tf, dy, y) => kernel(tf, 'EluGrad', { dy: dy!, y: y! }),
    reference: (dy, y) => ({
      shape: [7],
      values: dy.values.map((d, i) => (y.values[i]! >= 0 ? d : d * (y.values[i]! + 1))),
    }),
  },
  {
    kernel: 'Draw',
    title: 'onto a canvas',
    inputs: [given([0, 0.5, 1, 0.25], [2, 2])],
    run: (tf, image) => {
      canvas.drawn.length = 0;
      const globals = globalThis as { ImageData?: unknown };
      globals.ImageData = class {
        data: Uint8ClampedArray;
        constructor(data: Uint8ClampedArray) {
          this.data = data;
        }
      };
      tf.browser.draw(image as never, canvas as never);
      delete globals.ImageData;
      return tf.tensor(canvas.drawn, [4, 4], 'int32');
    },
    reference: () => ({
      shape: [4, 4],
      values: [0, 128, 255, 64].flatMap((grey) => [grey, grey, grey, 255]),
    }),
  },
];
