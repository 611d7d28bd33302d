import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { quietly } from '../core/quiet.ts';
import { correctWasm, holdComplex } from './corrections/index.ts';
import { startEngine } from './engine/start.ts';
import { guardMemory } from './memory.ts';
import { makeCallsWhole } from './wholeCalls.ts';

type WasmPackage = typeof import('@tensorflow/tfjs-backend-wasm');

const SIMD_BINARY = 'tfjs-backend-wasm-simd.wasm';

/** Above the JavaScript back end, should anything ask tfjs for the best one. */
const PRIORITY = 2;

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs `start` and removes the process-wide error handlers it installed. The compiled module adds
 * ones that rethrow: under them a rejected promise that nobody awaits would end a notebook's process.
 */
async function withoutErrorHandlers<T>(start: () => Promise<T>): Promise<T> {
  const before = EVENTS.map((event) => new Set<unknown>(process.rawListeners(event)));
  try {
    return await start();
  } finally {
    EVENTS.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[i]!.has(listener)) process.removeListener(event, listener as () => void);
      }
    });
  }
}

/** Kernels outlive a reset of tfjs's engine, which forgets its back ends. */
let isCorrected = false;

/**
 * Starts the wasm back end (SIMD, one thread) and registers it with its kernels repaired.
 * Until it has started, tfjs goes on computing on the back end it has.
 *
 * @throws Error when there is no WebAssembly or no binary; what tfjs throws when it cannot compile it
 */
export async function startWasm(): Promise<void> {
  if (!('WebAssembly' in globalThis)) throw new Error('this process has no WebAssembly');
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep;
  if (!existsSync(folder + SIMD_BINARY)) throw new Error(`${SIMD_BINARY} is not in ${folder}`);
  const { setWasmPaths } = quietly(() => require('@tensorflow/tfjs-backend-wasm') as WasmPackage);
  setWasmPaths(folder);
  const create = findBackendFactory('wasm');
  const start = async () => {
    const created = (await withoutErrorHandlers(async () => create())) as BackendWasm;
    guardMemory(created);
    const holding = holdComplex(created);
    makeCallsWhole(holding);
    return holding;
  };
  let started: BackendWasm | undefined = await start();
  removeBackend('wasm');
  // A reset of tfjs's engine disposes of what has started, and asks for another.
  const next = () => {
    const first = started;
    started = undefined;
    return first ?? start().then(withEngine);
  };
  registerBackend('wasm', next, PRIORITY);
  if (!isCorrected) correctWasm();
  isCorrected = true;
  await withEngine(started);
}

/** Without the engine the repaired kernels do its work. */
async function withEngine(started: BackendWasm): Promise<BackendWasm> {
  await startEngine(started).catch(() => {});
  return started;
}
