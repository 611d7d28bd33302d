import { createRequire } from 'node:module';
import { findBackendFactory, getKernel, type KernelBackend, registerBackend } from '@tensorflow/tfjs-core';
import { quietly } from './quiet.ts';

type CpuPackage = typeof import('@tensorflow/tfjs-backend-cpu');

/** Makes the JavaScript back end; its package is loaded here, at the first operation. */
function createCpu(): KernelBackend {
  const require = createRequire(import.meta.url);
  const { MathBackendCPU } = quietly(() => require('@tensorflow/tfjs-backend-cpu') as CpuPackage);
  const cpu = new MathBackendCPU();
  // Its first write would otherwise print an advertisement for tfjs-node.
  Reflect.set(cpu, 'firstUse', false);
  for (const f of waiting.splice(0)) f();
  return cpu;
}

const waiting: (() => void)[] = [];

/** Calls `f` once the kernels of the JavaScript back end are registered. */
export function whenCpuLoads(f: () => void): void {
  if (getKernel('Add', 'cpu')) f();
  else waiting.push(f);
}

/** The lowest priority: any other back end that a program registers is preferred. */
const PRIORITY = 0;

if (findBackendFactory('cpu') == null) registerBackend('cpu', createCpu, PRIORITY);
