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
  const isWhole = made.every((each) => each !== undefined);
  const addresses = isWhole ? pool.addressesOf([g, ...old, ...made]) : undefined;
  if (scratch !== undefined && addresses) {
    const [from, oldRows, oldColumns, update, rows, columns] = addresses;
    const places = { g: from!, old: [oldRows!, oldColumns!], means: [rows!, columns!] } as const;
    stepMatrices(functionsOf(pool), stack, { ...places, update: update!, scratch }, numbers);
  }
  if (scratch === undefined) return undefined;
  pool.heap.release(scratch, scratchOf(stack));
  const [update, rows, columns] = made;
  return addresses && { update: update!, means: [rows!, columns!] };
});
