// The global WebAssembly, as far as it is used here: its types come with those of browsers alone.

/** A memory; when it grows, `buffer` is another. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyGlobal {
  validate(binary: Uint8Array): boolean;
  compile(binary: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ readonly exports: object }>;
}

/** @throws Error when the process has none */
export function webAssembly(): WebAssemblyGlobal {
  const found = (globalThis as { WebAssembly?: WebAssemblyGlobal }).WebAssembly;
  if (!found) throw new Error('this process has no WebAssembly');
  return found;
}
