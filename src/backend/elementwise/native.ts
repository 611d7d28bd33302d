import type { Tensor } from '@tensorflow/tfjs-core';
import { runByOperations, sumByOperations } from '../../core/elementwise/operations.ts';
import type { Program } from '../../core/elementwise/program.ts';
import { registerRunner } from '../../core/elementwise/run.ts';
import { nativePool, type Pool } from '../native/pool.ts';
import { type CompiledProgram, CompiledPrograms } from './compile.ts';

const compiled = new WeakMap<Pool, CompiledPrograms>();

function compiledOf(program: Program, pool: Pool): CompiledProgram {
  const programs = compiled.get(pool) ?? new CompiledPrograms(pool.heap.memory);
  compiled.set(pool, programs);
  return programs.of(program);
}

/** Tensors for the results: those that are replaced, where nothing else has their values, and new ones. */
function resultsFor(
  pool: Pool,
  { results }: Program,
  tensors: readonly Tensor[],
  replaces: readonly number[] = [],
): Tensor[] | undefined {
  const { shape, size } = tensors[0]!;
  const made: Tensor[] = [];
  const found = results.map((_, i) => {
    const taken = tensors[replaces[i] ?? -1];
    if (taken && pool.isOwn(taken)) return taken;
    const other = pool.make(shape, size);
    if (other) made.push(other);
    return other;
  });
  if (found.every((each) => each !== undefined)) return found;
  for (const each of made) each.dispose();
  return undefined;
}

// TensorFlow's operations go over memory one by one; a program goes over it once, and what an optimizer keeps stays
// where it is. Where the memory that WebAssembly can have is spent, the operations remain.
registerRunner('tensorflow', {
  run: (program, tensors, numbers, replaces) => {
    const pool = nativePool();
    if (!pool) return runByOperations(program, tensors, numbers);
    const inputs = pool.addressesOf(tensors);
    const results = inputs && resultsFor(pool, program, tensors, replaces);
    const outputs = results && pool.addressesOf(results);
    if (!outputs) return runByOperations(program, tensors, numbers);
    compiledOf(program, pool).run(tensors[0]!.size, ...inputs, ...outputs, ...numbers);
    return results;
  },
  sums: (program, tensors, numbers) => {
    const pool = nativePool();
    const inputs = pool?.addressesOf(tensors);
    if (!pool || !inputs) return sumByOperations(program, tensors, numbers);
    const sums = compiledOf(program, pool).sums(tensors[0]!.size, ...inputs, ...numbers);
    return typeof sums === 'number' ? [sums] : sums;
  },
});
