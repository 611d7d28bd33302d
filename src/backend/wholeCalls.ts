import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

type Call = (...values: unknown[]) => unknown;

/** Where the kernel has what runs a step whole. */
interface Channel {
  whole?<T>(step: () => T): T;
}

const channel = (): Channel | undefined =>
  Reflect.get(globalThis, Symbol.for('descent.channel')) as Channel | undefined;

/** Runs a short step that changes what the wasm back end knows of its memory: an interrupt must not cut it in two. */
export function whole<T>(step: () => T): T {
  const kernel = channel();
  return kernel?.whole ? kernel.whole(step) : step();
}

/** The methods of the back end that allocate and free. */
const METHODS = ['write', 'move', 'makeOutput', 'disposeData', 'decRef', 'incRef'];

/**
 * Has the calls of tfjs's wasm module run whole: cut short within its allocator, or between freeing and forgetting a
 * tensor, the memory of every tensor would be lost. Call it before its kernels are set up. The engine's own functions
 * allocate nothing, and can be interrupted.
 */
export function makeCallsWhole(backend: BackendWasm): void {
  if (!channel()?.whole) return;
  const wrap = (holder: object, name: string): void => {
    const call: unknown = Reflect.get(holder, name);
    if (typeof call !== 'function') return;
    Reflect.set(holder, name, function (this: unknown, ...values: unknown[]) {
      return whole(() => Reflect.apply(call as Call, this, values));
    });
  };
  const module = backend.wasm as unknown as { readonly tfjs: object };
  for (const name of Object.keys(module)) if (name.startsWith('_')) wrap(module, name);
  for (const name of Object.keys(module.tfjs)) wrap(module.tfjs, name);
  for (const name of METHODS) wrap(backend, name);
}
