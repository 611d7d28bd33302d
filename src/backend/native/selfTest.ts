import { performance } from 'node:perf_hooks';
import * as tf from '../namespace.ts';
import { backend } from '../select.ts';

/** What the test of a back end found. */
export interface TestResult {
  version: string;
  device: 'cpu' | 'gpu';
  /** Milliseconds a training step of a 784-64-64-10 perceptron, batch 32, Adam. */
  step: number;
  /** 10⁹ floating point operations a second in products of 512 × 512 matrices. */
  gflops: number;
}

const wave = (shape: number[], scale: number): tf.Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(i) * scale),
    shape,
  );
};

type Gradients = Record<'loss' | 'filter' | 'bias' | 'dense', number[]>;

/**
 * The mean cross-entropy of conv(3 × 3) → relu → max-pool → dense on two images, with the first two values of each
 * gradient: numpy in double precision, the gradients by central differences of 10⁻⁶.
 */
const EXPECTED: Gradients = {
  loss: [1.0416883357],
  filter: [0.0146080853, -0.2589722241],
  bias: [0.0289390203, 0.0882679212],
  dense: [-0.1054782766, 0.071863447],
};

const TOLERANCE = 1e-4;

function convolutionGradients(): Gradients {
  return tf.tidy(() => {
    const x = wave([2, 6, 6, 2], 1) as tf.Tensor4D;
    const labels = tf.tensor2d([1, 0, 0, 0, 0, 1], [2, 3]);
    const loss = (filter: tf.Tensor, bias: tf.Tensor, dense: tf.Tensor): tf.Scalar => {
      const maps = tf
        .conv2d(x, filter as tf.Tensor4D, 1, 'same')
        .add(bias)
        .relu() as tf.Tensor4D;
      const flat = tf.maxPool(maps, 2, 2, 'valid').reshape([2, -1]);
      return tf.losses.softmaxCrossEntropy(labels, flat.matMul(dense)) as tf.Scalar;
    };
    const weights = [wave([3, 3, 2, 4], 0.5), wave([4], 0.1), wave([36, 3], 0.3)];
    const { value, grads } = tf.valueAndGrads(loss as (...args: tf.Tensor[]) => tf.Scalar)(weights);
    const [filter, bias, dense] = grads.map((each) => Array.from(each.dataSync().slice(0, 2)));
    return { loss: Array.from(value.dataSync()), filter: filter!, bias: bias!, dense: dense! };
  });
}

/** Throws where a gradient is not what it must be. */
function checkGradients(): void {
  const found = convolutionGradients();
  for (const [name, expected] of Object.entries(EXPECTED) as [keyof Gradients, number[]][]) {
    expected.forEach((value, i) => {
      const got = found[name][i]!;
      // Not `>`: NaN must fail.
      if (Math.abs(got - value) <= TOLERANCE) return;
      throw new Error(
        `value ${i} of ${name === 'loss' ? 'the loss' : `the gradient of ${name}`} is ${got}, not ${value}`,
      );
    });
  }
}

/** The median time of a call in milliseconds, over about half a second after some to warm up. */
function timed(work: () => void): number {
  for (let i = 0; i < 5; i++) work();
  const times: number[] = [];
  for (const end = performance.now() + 500; performance.now() < end && times.length < 1000; ) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

function timeStep(): number {
  const [x, labels] = [
    wave([32, 784], 1),
    tf.tidy(() => tf.oneHot(tf.range(0, 32, 1, 'int32').mod(tf.scalar(10, 'int32')), 10)),
  ];
  const weights = [wave([784, 64], 0.05), wave([64, 64], 0.1), wave([64, 10], 0.1)].map((w) => {
    const variable = tf.variable(w as tf.Tensor2D);
    w.dispose();
    return variable;
  });
  const optimizer = tf.train.adam(0.001);
  const loss = (): tf.Scalar => {
    const [first, second, third] = weights;
    const hidden = x.matMul(first!).relu().matMul(second!).relu();
    return tf.losses.softmaxCrossEntropy(labels, hidden.matMul(third!));
  };
  const time = timed(() => optimizer.minimize(loss, true)!.dispose());
  tf.dispose([x, labels, weights]);
  optimizer.dispose();
  return time;
}

function timeMatMul(size = 512): number {
  const a = wave([size, size], 1);
  const time = timed(() => tf.tidy(() => void a.matMul(a as tf.Tensor2D).dataSync()));
  a.dispose();
  return (2 * size ** 3) / time / 1e6;
}

/**
 * Checks the back end in use against known numbers and times it.
 *
 * @throws Error when it computes anything else
 */
export function testBackend(): TestResult {
  checkGradients();
  const { version, device } = backend.info();
  return { version, device, step: timeStep(), gflops: timeMatMul() };
}
