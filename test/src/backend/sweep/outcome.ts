import { type Case, inputsOf, type Plain, type Tensor, type Tf } from './case.ts';
import { weightsOf } from './weights.ts';

/** What a case gave on a back end. */
export interface Outcome {
  readonly outputs?: Plain[];
  /** Those of the float inputs, in their order. */
  readonly gradients?: Plain[];
  /** What was thrown, first line. */
  readonly error?: string;
  readonly gradientError?: string;
  /** Tensors and buffers that stayed behind. */
  readonly leaked: number;
  /** The kernels that ran, those of the gradient too. */
  readonly kernels: string[];
}

/** Notes the names of the kernels that run. */
export function recordKernels(tf: Tf, backend: string): Set<string> {
  const ran = new Set<string>();
  for (const config of tf.getKernelsForBackend(backend)) {
    const { kernelFunc, kernelName } = config;
    tf.unregisterKernel(kernelName, backend);
    tf.registerKernel({
      ...config,
      kernelFunc: (args) => {
        ran.add(kernelName);
        return kernelFunc(args);
      },
    });
  }
  return ran;
}

/** The tensor of these contents. */
export function tensorOf(tf: Tf, { shape, dtype, values }: Plain): Tensor {
  if (dtype !== 'complex64') return tf.tensor([...values] as number[], [...shape], dtype);
  const part = (offset: number): Tensor =>
    tf.tensor(
      (values as number[]).filter((_, i) => i % 2 === offset),
      [...shape],
      'float32',
    );
  return tf.tidy(() => tf.complex(part(0), part(1)));
}

function plainOf(tensor: Tensor): Plain {
  const { shape, dtype } = tensor;
  return { shape: [...shape], dtype, values: Array.from(tensor.dataSync() as Iterable<number | string>) };
}

/** Leaves numbers where results will be: what a kernel forgets to write is then wrong for certain. */
function poison(tf: Tf): void {
  for (const size of [1, 4, 16, 64, 256, 1024]) {
    const tensors = Array.from({ length: 4 }, () => tf.fill([size], 7.25));
    tf.dispose(tensors);
  }
}

const list = (result: Tensor | Tensor[]): Tensor[] => (Array.isArray(result) ? result : [result]);

/** The sum of the float outputs, each number times a weight of its own: what gradients are taken of. */
export function weightedSum(tf: Tf, one: Case, inputs: Tensor[]): Tensor {
  const terms = list(one.run(tf, ...inputs)).flatMap((output) =>
    output.dtype === 'complex64' ? [tf.real(output), tf.imag(output)] : [output],
  );
  const sums = terms
    .filter(({ dtype }) => dtype === 'float32')
    .map((output, i) => tf.sum(tf.mul(output, tf.tensor(weightsOf(output.size, i), output.shape))));
  return sums.reduce((a, b) => tf.add(a, b));
}

function gradientsOf(tf: Tf, one: Case): Plain[] {
  poison(tf);
  const plain = inputsOf(one);
  const result: Plain[] = [];
  tf.tidy(() => {
    const tensors = plain.map((input) => tensorOf(tf, input));
    const floats = tensors.filter(({ dtype }) => dtype === 'float32');
    const f = (...given: Tensor[]): Tensor => {
      const rest = [...given];
      return weightedSum(
        tf,
        one,
        tensors.map((tensor) => (tensor.dtype === 'float32' ? rest.shift()! : tensor)),
      );
    };
    result.push(...tf.grads(f)(floats).map(plainOf));
  });
  return result;
}

function attempt<T>(f: () => T): { value?: T; error?: string } {
  try {
    return { value: f() };
  } catch (thrown) {
    return { error: String(thrown).split('\n')[0]! };
  }
}

function forwardOf(tf: Tf, one: Case): Plain[] {
  poison(tf);
  const inputs = inputsOf(one).map((input) => tensorOf(tf, input));
  const outputs = list(tf.tidy(() => one.run(tf, ...inputs)));
  const plain = outputs.map(plainOf);
  tf.dispose([outputs, inputs]);
  return plain;
}

/** Runs the case forward and, where it says so, its gradient; `intact` tells of the memory around tensors. */
export function outcomeOf(tf: Tf, one: Case, kernels: Set<string>, intact: () => boolean): Outcome {
  kernels.clear();
  const held = (): number => tf.memory().numTensors + tf.memory().numDataBuffers + tf.backend().numDataIds();
  const before = held();
  const forward = attempt(() => forwardOf(tf, one));
  const back = one.gradient && !forward.error ? attempt(() => gradientsOf(tf, one)) : {};
  const leaked = forward.error || back.error ? 0 : held() - before;
  const kept = attempt(intact).value;
  return {
    leaked,
    kernels: [...kernels],
    ...(forward.value && { outputs: forward.value }),
    ...(back.value && { gradients: back.value }),
    ...(kept ? forward.error && { error: forward.error } : { error: 'a write beyond its memory' }),
    ...(back.error && { gradientError: back.error }),
  };
}
