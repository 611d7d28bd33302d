// The global WebAssembly, as far as it is used here: its types come with those of browsers alone.

/** A memory; when it grows, `buffer` is another. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** @throws RangeError where so many pages are not to be had */
  grow(pages: number): number;
}

/** A module that runs. */
interface Instance {
  readonly exports: object;
}

interface WebAssemblyGlobal {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum?: number }) => Memory;
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => Instance;
  validate(binary: Uint8Array): boolean;
  compile(binary: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<Instance>;
}

/** @throws Error when the process has none */
export function webAssembly(): WebAssemblyGlobal {
  const found = (globalThis as { WebAssembly?: WebAssemblyGlobal }).WebAssembly;
  if (!found) throw new Error('this process has no WebAssembly');
  return found;
}
