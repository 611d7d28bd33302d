import type { Tensor } from '@tensorflow/tfjs-core';
import { registerFactors, without } from '../../core/factors.ts';
import { type EngineFunctions, engineFunctions } from '../engine/module.ts';
import { nativePool, type Pool } from '../native/pool.ts';
import { scaleAt, squareSumsAt } from './matrices.ts';

const functions = new WeakMap<Pool, EngineFunctions>();

function functionsOf(pool: Pool): EngineFunctions {
  const found = functions.get(pool) ?? engineFunctions(pool.heap.memory);
  functions.set(pool, found);
  return found;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** Calls `compute` with the addresses of tensors, where there is memory for all; otherwise gives undefined. */
function at<T>(
  tensors: readonly (Tensor | undefined)[],
  compute: (functions: EngineFunctions, addresses: readonly number[]) => T,
): T | undefined {
  const pool = nativePool();
  const addresses = tensors.map((each) => each && pool?.addressOf(each));
  if (!pool || !addresses.every((address) => address !== undefined)) return undefined;
  return compute(functionsOf(pool), addresses);
}

const make = (shape: readonly number[]): Tensor | undefined => nativePool()?.make(shape, sizeOf(shape));

// In memory of WebAssembly, where TensorFlow would go over a matrix several times.
registerFactors('tensorflow', {
  squareSums: (x, stack) => {
    const [rows, columns] = [make(without(x.shape, x.rank - 1)), make(without(x.shape, x.rank - 2))];
    return at([x, rows, columns], (engine, [from, toRows, toColumns]) => {
      squareSumsAt(engine, stack, from!, toRows!, toColumns!);
      return [rows!, columns!] as const;
    });
  },
  scale: (x, stack, rows, columns) => {
    const y = make(x.shape);
    return at([x, rows, columns, y], (engine, [from, ofRows, ofColumns, to]) => {
      scaleAt(engine, stack, from!, ofRows!, ofColumns!, to!);
      return y!;
    });
  },
});
