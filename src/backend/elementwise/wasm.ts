import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { Program } from '../../core/elementwise/program.ts';
import { registerRunner } from '../../core/elementwise/run.ts';
import { type Memory, webAssembly } from '../../core/webAssembly.ts';
import { variableMemory } from '../engine/updates.ts';
import { type CompiledProgram, compileToWasm } from './compile.ts';

interface Heap {
  readonly asm: { readonly memory: Memory };
}

/** Has the wasm back end run programs as loops of WebAssembly of their own, compiled when they first run. */
export function registerWasmPrograms(backend: BackendWasm): void {
  const { memory: heap } = (backend.wasm as unknown as Heap).asm;
  const memory = variableMemory(backend);
  const compiled = new Map<string, CompiledProgram>();

  const compiledOf = (program: Program): CompiledProgram => {
    const found = compiled.get(program.key);
    if (found) return found;
    const { Module, Instance } = webAssembly();
    const { exports } = new Instance(new Module(compileToWasm(program)), { env: { memory: heap } });
    const made = exports as CompiledProgram;
    compiled.set(program.key, made);
    return made;
  };
  const addressOf = ({ dataId }: Tensor): number => backend.dataIdMap.get(dataId).memoryOffset;

  registerRunner('wasm', {
    run: (program, tensors, numbers, replaces) => {
      const { run } = compiledOf(program);
      const { shape, size } = tensors[0]!;
      const results = program.results.map((_, i): Tensor => {
        const taken = tensors[replaces?.[i] ?? -1];
        if (taken && backend.refCount(taken.dataId) === 1) return taken;
        return engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], 'float32'), backend);
      });
      run(size, ...tensors.map(addressOf), ...results.map(addressOf), ...numbers);
      for (const result of results) if (tensors.includes(result)) memory.changed(result);
      return results;
    },
    sums: (program, tensors, numbers) => {
      const sums = compiledOf(program).sums(tensors[0]!.size, ...tensors.map(addressOf), ...numbers);
      return typeof sums === 'number' ? [sums] : sums;
    },
  });
}
