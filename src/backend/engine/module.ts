// The embedded engine: a wasm module of our own (../assembly) in the memory of tfjs's wasm back end.
//
// All its functions take raw addresses, bytes from the start of that memory. An address comes from `engine.address`
// (a tensor's), `engine.allocate` (the caller's own) or `engine.scratch` (any call may overwrite it). An allocation
// may grow the memory, which detaches typed arrays on it: take views with `engine.floats` after it, and do not keep
// them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Memory, webAssembly } from '../../core/webAssembly.ts';
import type { StepFunctions } from './stepFunctions.ts';

/**
 * The functions of the module; each is described where it is written, in ../assembly. Flags are 0 or 1, counts
 * and distances are of floats, not bytes.
 */
export interface EngineFunctions extends StepFunctions {
  /** Bytes of scratch memory that `gemm` takes as its last argument. */
  scratchBytes(): number;
  /**
   * C = from + A·B, in rows. C is m×n, A m×k, stored k×m if `transposeA`, B k×n, stored n×k if `transposeB`;
   * lda, ldb, ldc and ldFrom count from a stored row to the next. `from` is 0 for zeros, C itself to add to it,
   * or a bias, with ldFrom = 0.
   */
  gemm(
    transposeA: number,
    transposeB: number,
    m: number,
    n: number,
    k: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    from: number,
    ldFrom: number,
    c: number,
    ldc: number,
    scratch: number,
  ): void;
  /** y = f(x); `kind` and `alpha` are described in ../assembly/curves.ts. x and y may be the same. */
  curve(kind: number, x: number, y: number, count: number, alpha: number): void;
  /** y = x, or `scaled` where x is negative; y may be one of them. */
  replaceNegative(x: number, scaled: number, y: number, count: number): void;
  /** Bytes of scratch memory that the functions of this convolution take as their last argument. */
  conv2dScratch(geometry: number): number;
  /**
   * y = f(x ∗ filter + bias), NHWC; `geometry` is the address of what `geometryOf` gives, `bias` may be 0,
   * `activation` and `alpha` are those of `curve`.
   */
  conv2d(
    geometry: number,
    x: number,
    filter: number,
    bias: number,
    y: number,
    activation: number,
    alpha: number,
    scratch: number,
  ): void;
  /** dw, the gradient with respect to the filter. */
  conv2dFilterGradient(geometry: number, x: number, dy: number, dw: number, scratch: number): void;
  /** dx, the gradient with respect to x. */
  conv2dInputGradient(geometry: number, dy: number, filter: number, dx: number, scratch: number): void;
  /** y = x ∗ filter + bias, each channel by itself; the filter is [height, width, channels, multiplier]. */
  depthwiseConv2d(geometry: number, x: number, filter: number, bias: number, y: number): void;
  depthwiseInputGradient(geometry: number, dy: number, filter: number, dx: number): void;
  depthwiseFilterGradient(geometry: number, x: number, dy: number, dw: number): void;
  /** y, the largest value of each window; NaN is passed over. `geometry` as for convolutions. */
  maxPool(geometry: number, x: number, y: number): void;
  /** y, the mean of each window, over the pixels that it has. */
  averagePool(geometry: number, x: number, y: number): void;
  /** dx: each dy goes to the first of the largest values in its window. */
  maxPoolGradient(geometry: number, x: number, dy: number, dx: number): void;
  /** dx: each dy goes in equal parts to the pixels of its window. */
  averagePoolGradient(geometry: number, dy: number, dx: number): void;
  /** y: of each column the sum over all rows, such as the gradient of a bias. */
  sumRows(x: number, rows: number, columns: number, y: number): void;
  /** y: of each row the sum over all columns. */
  sumColumns(x: number, rows: number, columns: number, y: number): void;
  /** A step on a matrix of which means of rows and columns are kept; described in ../assembly/factors.ts. */
  factoredStep(
    x: number,
    rows: number,
    columns: number,
    oldRows: number,
    oldColumns: number,
    newRows: number,
    newColumns: number,
    beta: number,
    rest: number,
    epsilon: number,
    y: number,
    scratch: number,
  ): void;
  /** y = x · factor; y may be x. */
  scale(x: number, factor: number, y: number, count: number): void;
  /** The mean and the variance of each column. */
  moments(x: number, rows: number, columns: number, mean: number, variance: number): void;
  /**
   * y = (x − mean)·scale / √(variance + epsilon) + offset, by columns; `offset` and `scale` may be 0 for zeros and
   * ones, y may be x, scratch has room for a row.
   */
  batchNorm(
    x: number,
    rows: number,
    columns: number,
    mean: number,
    variance: number,
    offset: number,
    scale: number,
    epsilon: number,
    y: number,
    scratch: number,
  ): void;
  /** Its gradients, with the mean and the variance those of x; `dx` may be 0 for none, or dy. */
  batchNormGradient(
    x: number,
    dy: number,
    rows: number,
    columns: number,
    mean: number,
    variance: number,
    scale: number,
    epsilon: number,
    dx: number,
    dOffset: number,
    dScale: number,
  ): void;
  /** y: of each row e^x over their sum; y may be x, scratch has room for a float. */
  softmax(x: number, rows: number, columns: number, y: number, scratch: number): void;
  /**
   * losses: of each row −Σ label·log softmax(logits). dx, unless it is 0: the gradient of `weight` times their sum
   * with respect to the logits; it may be the logits. Scratch has room for a row.
   */
  softmaxCrossEntropy(
    logits: number,
    labels: number,
    rows: number,
    columns: number,
    losses: number,
    weight: number,
    dx: number,
    scratch: number,
  ): void;
  /** Bytes of the memory that `update` takes as its last argument. */
  updateBytes(): number;
  /** One step of an optimizer on a parameter; `rule` and the rest are described in updates.ts. */
  update(
    rule: number,
    w: number,
    out: number,
    g: number,
    a: number,
    b: number,
    c: number,
    count: number,
    numbers: number,
  ): void;
}

/** The emscripten module beneath tfjs's wasm back end. */
interface Heap {
  readonly asm: { readonly memory: Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** The engine's functions and its memory. */
export interface Engine {
  readonly functions: EngineFunctions;
  /** Which build runs: 'relaxed' with fused multiply-add, or 'plain'. */
  readonly variant: Variant;
  /** The address of a tensor's values. */
  address(tensor: TensorInfo): number;
  /**
   * Memory of the caller's own, until `free`.
   *
   * @throws RangeError when there is not that much
   */
  allocate(bytes: number): number;
  free(address: number): void;
  /** At least that many bytes, for the time of one call of a function. */
  scratch(bytes?: number): number;
  /** Writes up to 16 integers, such as those of `geometryOf`, where the next call of a function finds them. */
  integers(values: readonly number[]): number;
  /** A view of `count` floats, for as long as nothing is allocated. */
  floats(address: number, count: number): Float32Array;
}

const VARIANTS = ['relaxed', 'plain'] as const;
type Variant = (typeof VARIANTS)[number];

/**
 * The best build that this Node can run: relaxed SIMD is there from Node 22 on. DESCENT_SIMD=plain asks for the other,
 * which rounds the same on every Node.
 */
function findBest(): { variant: Variant; binary: Uint8Array } {
  const require = createRequire(import.meta.url);
  const wanted = process.env.DESCENT_SIMD === 'plain' ? (['plain'] as const) : VARIANTS;
  for (const variant of wanted) {
    const binary = readFileSync(require.resolve(`#engine/${variant}`));
    if (webAssembly().validate(binary)) return { variant, binary };
  }
  throw new Error('this processor or Node has no SIMD for WebAssembly');
}

/**
 * The engine's functions in a memory of the caller's.
 *
 * @throws Error when its file is missing or does not run here
 */
export function engineFunctions(memory: Memory): EngineFunctions {
  const { Module, Instance } = webAssembly();
  const { exports } = new Instance(new Module(findBest().binary), { env: { memory } });
  return exports as unknown as EngineFunctions;
}

/**
 * Loads the engine into the memory of a started wasm back end.
 *
 * @throws Error when its file is missing or does not run here
 */
export async function loadEngine(backend: BackendWasm): Promise<Engine> {
  const { variant, binary } = findBest();
  const { compile, instantiate } = webAssembly();
  const heap = backend.wasm as unknown as Heap;
  const { memory } = heap.asm;
  const { exports } = await instantiate(await compile(binary), { env: { memory } });
  const functions = exports as unknown as EngineFunctions;
  const least = functions.scratchBytes();
  const integers = { address: 0, room: 16 };
  let scratch = { address: 0, bytes: 0 };

  const allocate = (bytes: number): number => heap._malloc(bytes) >>> 0;
  return {
    functions,
    variant,
    address: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    allocate,
    free: (address) => heap._free(address),
    scratch: (bytes = least) => {
      if (bytes > scratch.bytes) {
        const before = scratch.address;
        const size = Math.max(bytes, least);
        scratch = { address: allocate(size), bytes: size };
        heap._free(before);
      }
      return scratch.address;
    },
    integers: (values) => {
      integers.address ||= allocate(integers.room * 4);
      new Int32Array(memory.buffer, integers.address, integers.room).set(values);
      return integers.address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
  };
}
