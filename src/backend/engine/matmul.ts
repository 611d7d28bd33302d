import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  _FusedMatMul,
  type _FusedMatMulAttrs,
  BatchMatMul,
  broadcast_util,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { finish, isRow, sizeOf } from './activation.ts';
import type { Engine } from './module.ts';

type Arguments = Parameters<KernelFunc>[0];

/** A product of two matrices, or of many: the shape of one, and where each begins. */
interface Plan {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly shape: number[];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** For each product the position of its matrices in A and B. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
}

/** For each index of the broadcast shape `to`, in order, the index in `from`. */
function broadcastIndices(from: readonly number[], to: readonly number[]): number[] {
  let indices = [0];
  const lead = to.length - from.length;
  to.forEach((length, axis) => {
    const own = axis < lead ? 1 : from[axis - lead]!;
    indices = indices.flatMap((index) => Array.from({ length }, (_, i) => index * own + (own === 1 ? 0 : i)));
  });
  return indices;
}

function planOf(a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean): Plan {
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new Error(`matMul: the shapes [${a.shape}] and [${b.shape}] must have two axes or more each`);
  }
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [inner, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (inner !== k) {
    throw new Error(
      `matMul: the inner lengths ${k} and ${inner} of the shapes [${a.shape}] and [${b.shape}] with ` +
        `transposeA=${transposeA} and transposeB=${transposeB} must be the same`,
    );
  }
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const count = sizeOf(batchA);
  if (sizeOf(batchB) === 1 && (count === 1 || !transposeA) && batchB.length <= batchA.length) {
    // One B for all: the matrices of A are one tall matrix.
    const shape = [...batchA, m, n];
    return { m: count * m, n, k, shape, transposeA, transposeB, pairs: [[0, 0]] };
  }
  const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const indicesB = broadcastIndices(batchB, batch);
  const pairs = broadcastIndices(batchA, batch).map((index, i) => [index, indicesB[i]!] as const);
  return { m, n, k, shape: [...batch, m, n], transposeA, transposeB, pairs };
}

/** All the products; `from` is the address of a bias, or 0. */
function multiply(engine: Engine, plan: Plan, [a, b, c]: [number, number, number], from: number): void {
  const { m, n, k, transposeA, transposeB, pairs } = plan;
  const lda = transposeA ? m : k;
  const ldb = transposeB ? k : n;
  const scratch = engine.scratch();
  pairs.forEach(([indexA, indexB], i) => {
    const left = a + indexA * m * k * 4;
    const right = b + indexB * k * n * 4;
    const to = c + i * m * n * 4;
    engine.functions.gemm(+transposeA, +transposeB, m, n, k, left, lda, right, ldb, from, 0, to, n, scratch);
  });
}

function matMul(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { a, b, bias, preluActivationWeights } = inputs;
  const fused = attrs as unknown as _FusedMatMulAttrs;
  const plan = planOf(a!, b!, Boolean(fused.transposeA), Boolean(fused.transposeB));
  // Scratch memory first: an address of a tensor holds, but an allocation may move views.
  engine.scratch();
  const product = wasm.makeOutput(plan.shape, 'float32');
  const addsBias = bias != null && isRow(bias, plan.n);
  const addresses: [number, number, number] = [
    engine.address(a!),
    engine.address(b!),
    engine.address(product),
  ];
  multiply(engine, plan, addresses, addsBias ? engine.address(bias) : 0);
  return finish(engine, wasm, product, { ...fused, bias, preluActivationWeights }, addsBias);
}

/** Registers the engine's products of matrices; other types than float32 stay with the kernels there are. */
export function registerMatMul(engine: Engine): void {
  for (const name of [BatchMatMul, _FusedMatMul]) {
    wrapKernel(name, (stock) => (args) => {
      const tensors = Object.values(args.inputs);
      return tensors.every((info) => !info || info.dtype === 'float32') ? matMul(engine, args) : stock(args);
    });
  }
}
