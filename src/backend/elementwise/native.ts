import type { Tensor } from '@tensorflow/tfjs-core';
import { runByOperations, sumByOperations } from '../../core/elementwise/operations.ts';
import type { Program } from '../../core/elementwise/program.ts';
import { registerRunner } from '../../core/elementwise/run.ts';
import { webAssembly } from '../../core/webAssembly.ts';
import { nativePool, type Pool } from '../native/pool.ts';
import { type CompiledProgram, compileToWasm } from './compile.ts';

const compiled = new WeakMap<Pool, Map<string, CompiledProgram>>();

function compiledOf(program: Program, pool: Pool): CompiledProgram {
  const known = compiled.get(pool) ?? new Map<string, CompiledProgram>();
  compiled.set(pool, known);
  const found = known.get(program.key);
  if (found) return found;
  const { Module, Instance } = webAssembly();
  const { memory } = pool.heap;
  const { exports } = new Instance(new Module(compileToWasm(program)), { env: { memory } });
  const made = exports as CompiledProgram;
  known.set(program.key, made);
  return made;
}

/** The addresses of tensors; undefined if there is no memory for one. */
function addressesOf(pool: Pool, tensors: readonly Tensor[]): number[] | undefined {
  const addresses: number[] = [];
  for (const each of tensors) {
    const address = pool.addressOf(each);
    if (address === undefined) return undefined;
    addresses.push(address);
  }
  return addresses;
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
    const inputs = pool && addressesOf(pool, tensors);
    const results = inputs && resultsFor(pool, program, tensors, replaces);
    const outputs = results && addressesOf(pool, results);
    if (!outputs) return runByOperations(program, tensors, numbers);
    compiledOf(program, pool).run(tensors[0]!.size, ...inputs, ...outputs, ...numbers);
    return results;
  },
  sums: (program, tensors, numbers) => {
    const pool = nativePool();
    const inputs = pool && addressesOf(pool, tensors);
    if (!inputs) return sumByOperations(program, tensors, numbers);
    const sums = compiledOf(program, pool).sums(tensors[0]!.size, ...inputs, ...numbers);
    return typeof sums === 'number' ? [sums] : sums;
  },
});
