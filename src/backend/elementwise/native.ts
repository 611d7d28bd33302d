import { findBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { runByOperations, sumByOperations } from '../../core/elementwise/operations.ts';
import type { Program } from '../../core/elementwise/program.ts';
import { registerRunner } from '../../core/elementwise/run.ts';
import { webAssembly } from '../engine/webAssembly.ts';
import type { NativeBackend } from '../train/residents.ts';
import { compileToWasm } from './compile.ts';

/** So many elements of each tensor are computed at a time, few enough to stay in the processor's cache. */
const CHUNK = 4096;
const PAGE = 65_536;

/** A program with memory of its own for a chunk of each of its tensors and results. */
interface Compiled {
  readonly floats: Float32Array;
  run(count: number, ...values: number[]): void;
  sums(count: number, ...values: number[]): number | number[];
}

const compiled = new Map<string, Compiled>();

function compiledOf(program: Program): Compiled {
  const found = compiled.get(program.key);
  if (found) return found;
  const { Module, Instance, Memory } = webAssembly();
  const bytes = (program.tensors.length + program.results.length) * CHUNK * 4;
  const memory = new Memory({ initial: Math.ceil(bytes / PAGE) });
  const { exports } = new Instance(new Module(compileToWasm(program)), { env: { memory } });
  const made = { ...(exports as Compiled), floats: new Float32Array(memory.buffer) };
  compiled.set(program.key, made);
  return made;
}

/** Where the chunks of the first so many tensors and results are, in bytes. */
const addresses = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => (from + i) * CHUNK * 4);

const native = (): NativeBackend => findBackend('tensorflow') as NativeBackend;

/** The values of a tensor: what was not used by an operation of TensorFlow is still an array of JavaScript. */
const valuesOf = ({ dataId }: Tensor): Float32Array => native().readSync(dataId) as Float32Array;

/** The array of a tensor that nothing else has, which TensorFlow has not seen. */
function ownArray({ dataId }: Tensor): Float32Array | undefined {
  const { values, refCount } = native().tensorMap.get(dataId);
  return refCount === 1 && values instanceof Float32Array ? values : undefined;
}

/** Does `each` for one chunk after the other, whose values it finds in the memory of the program. */
function inChunks(
  { floats }: Compiled,
  arrays: readonly Float32Array[],
  each: (from: number, count: number) => void,
): void {
  const size = arrays[0]!.length;
  for (let from = 0; from < size; from += CHUNK) {
    const count = Math.min(CHUNK, size - from);
    arrays.forEach((values, i) => {
      floats.set(values.subarray(from, from + count), i * CHUNK);
    });
    each(from, count);
  }
}

// TensorFlow's operations go over memory one by one; the program goes over it once, and what an optimizer keeps stays
// where it is.
registerRunner('tensorflow', {
  run: (program, tensors, numbers, replaces) => {
    // What is on a graphics card stays there.
    if (native().isUsingGpuDevice) return runByOperations(program, tensors, numbers);
    const made = compiledOf(program);
    const arrays = tensors.map(valuesOf);
    const taken = program.results.map((_, i) => {
      const one = tensors[replaces?.[i] ?? -1];
      const array = one && ownArray(one);
      return one && array ? { one, array } : undefined;
    });
    const { shape, size } = tensors[0]!;
    const results = taken.map((own) => own?.array ?? new Float32Array(size));
    const [inputs, outputs] = [addresses(tensors.length), addresses(results.length, tensors.length)];
    inChunks(made, arrays, (from, count) => {
      made.run(count, ...inputs, ...outputs, ...numbers);
      results.forEach((values, i) => {
        const start = (tensors.length + i) * CHUNK;
        values.set(made.floats.subarray(start, start + count), from);
      });
    });
    return taken.map((own, i) => own?.one ?? tensor(results[i]!, shape));
  },
  sums: (program, tensors, numbers) => {
    if (native().isUsingGpuDevice) return sumByOperations(program, tensors, numbers);
    const made = compiledOf(program);
    const totals = program.results.map(() => 0);
    const inputs = addresses(tensors.length);
    inChunks(made, tensors.map(valuesOf), (_, count) => {
      const sums = [made.sums(count, ...inputs, ...numbers)].flat();
      for (const [i, sum] of sums.entries()) totals[i]! += sum;
    });
    return totals;
  },
});
