import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { registerRunner } from '../../core/elementwise/run.ts';
import type { Memory } from '../../core/webAssembly.ts';
import { variableMemory } from '../engine/updates.ts';
import { addressOf } from '../heap.ts';
import { CompiledPrograms } from './compile.ts';

interface Heap {
  readonly asm: { readonly memory: Memory };
}

/** Has the wasm back end run programs as loops of WebAssembly of their own, compiled when they first run. */
export function registerWasmPrograms(backend: BackendWasm): void {
  const { memory: heap } = (backend.wasm as unknown as Heap).asm;
  const memory = variableMemory(backend);
  const programs = new CompiledPrograms(heap);
  const address = (tensor: Tensor): number => addressOf(backend, tensor);

  registerRunner('wasm', {
    run: (program, tensors, numbers, replaces) => {
      const { run } = programs.of(program);
      const { shape, size } = tensors[0]!;
      const results = program.results.map((_, i): Tensor => {
        const taken = tensors[replaces?.[i] ?? -1];
        if (taken && backend.refCount(taken.dataId) === 1) return taken;
        return engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], 'float32'), backend);
      });
      run(size, ...tensors.map(address), ...results.map(address), ...numbers);
      for (const result of results) if (tensors.includes(result)) memory.changed(result);
      return results;
    },
    sums: (program, tensors, numbers) => {
      const sums = programs.of(program).sums(tensors[0]!.size, ...tensors.map(address), ...numbers);
      return typeof sums === 'number' ? [sums] : sums;
    },
  });
}
