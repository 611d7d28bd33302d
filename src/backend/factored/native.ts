import { registerFactored } from '../../core/factored.ts';
import { type EngineFunctions, engineFunctions } from '../engine/module.ts';
import { nativePool, type Pool } from '../native/pool.ts';
import { scratchOf, stepMatrices } from './matrices.ts';

const functions = new WeakMap<Pool, EngineFunctions>();

function functionsOf(pool: Pool): EngineFunctions {
  const found = functions.get(pool) ?? engineFunctions(pool.heap.memory);
  functions.set(pool, found);
  return found;
}

// TensorFlow's operations would go over a matrix many times. They remain where the memory is spent that WebAssembly can
// have.
registerFactored('tensorflow', (g, stack, old, numbers) => {
  const pool = nativePool();
  if (!pool) return undefined;
  const made = [g, ...old].map(({ shape, size }) => pool.make(shape, size));
  const scratch = pool.heap.allocate(scratchOf(stack));
  const addresses = [g, ...old, ...made].map((each) => each && pool.addressOf(each));
  const isComplete = scratch !== undefined && addresses.every((address) => address !== undefined);
  if (isComplete) {
    const [from, oldRows, oldColumns, update, rows, columns] = addresses as number[];
    const places = { g: from!, old: [oldRows!, oldColumns!], means: [rows!, columns!] } as const;
    stepMatrices(functionsOf(pool), stack, { ...places, update: update!, scratch }, numbers);
  }
  if (scratch !== undefined) pool.heap.release(scratch, scratchOf(stack));
  const [update, rows, columns] = made;
  return isComplete ? { update: update!, means: [rows!, columns!] } : undefined;
});
