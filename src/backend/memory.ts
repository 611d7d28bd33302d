import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** The emscripten module beneath tfjs's wasm back end. */
interface Heap {
  readonly asm: {
    readonly memory: { readonly buffer: ArrayBuffer };
    malloc(bytes: number): number;
  };
  _malloc(bytes: number): number;
}

/** What addresses of 32 bits reach. */
const MOST = 2 ** 32;

const inMegabytes = (bytes: number): string =>
  `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;

/**
 * Lets a tensor for which there is no memory throw, with all others as they were. Stock wasm does not look at what it
 * is given: it writes such a tensor over the first bytes of its memory.
 */
export function guardMemory(backend: BackendWasm): void {
  const heap = backend.wasm as unknown as Heap;
  heap._malloc = (bytes) => {
    const address = bytes < MOST ? heap.asm.malloc(bytes) : 0;
    if (address !== 0 || bytes === 0) return address;
    throw new RangeError(
      `there is no memory for ${inMegabytes(bytes)} more: the wasm back end holds ` +
        `${inMegabytes(heap.asm.memory.buffer.byteLength)} of at most ${inMegabytes(MOST)}; ` +
        'dispose of tensors, or take smaller batches',
    );
  };
}
