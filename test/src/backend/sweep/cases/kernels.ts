import { bool, type Case, float, given, type Numbers, type Tensor, type Tf } from '../case.ts';
import { bilinear, nearest } from '../resize.ts';

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

const IMAGES: readonly (readonly [number[], number[]])[] = [
  [
    [2, 4, 3, 2],
    [2, 2, 2, 2],
  ],
  [
    [3, 2, 2, 3],
    [3, 4, 5, 3],
  ],
  [
    [1, 2, 3, 1],
    [1, 1, 1, 1],
  ],
];

/** Each pixel's gradient as that of the sum of the resized image of which it is the only one. */
function resizeGradient(images: Numbers, dy: Numbers, resize: (x: Numbers) => Numbers): Numbers {
  const values = images.values.map((_, i) => {
    const one = { shape: images.shape, values: images.values.map((_, j) => Number(i === j)) };
    return resize(one).values.reduce((sum, value, k) => sum + value * dy.values[k]!, 0);
  });
  return { shape: images.shape, values };
}

const resizeGradients: Case[] = IMAGES.flatMap(([from, to]) =>
  [false, true].flatMap((alignCorners): Case[] => {
    const size: [number, number] = [to[1]!, to[2]!];
    const how = { x: from, size, align: alignCorners, half: false };
    const attrs = { size, alignCorners, halfPixelCenters: false };
    const title = `[${from}] to [${to}]${alignCorners ? ' aligned' : ''}`;
    return [
      {
        kernel: 'ResizeBilinearGrad',
        title,
        inputs: [float(from), float(to)],
        run: (tf, images, dy) => kernel(tf, 'ResizeBilinearGrad', { images: images!, dy: dy! }, attrs),
        reference: (images, dy) => resizeGradient(images, dy, (x) => bilinear(x, how)),
      },
      {
        kernel: 'ResizeNearestNeighborGrad',
        title,
        inputs: [float(from), float(to)],
        run: (tf, images, dy) => kernel(tf, 'ResizeNearestNeighborGrad', { images: images!, dy: dy! }, attrs),
        reference: (images, dy) => resizeGradient(images, dy, (x) => nearest(x, how)),
      },
    ];
  }),
);

export const direct: Case[] = [
  ...resizeGradients,
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
