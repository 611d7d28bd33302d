import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  findBackendFactory,
  type KernelBackend,
  registerBackend,
  removeBackend,
} from '@tensorflow/tfjs-core';
import { quietly } from '../../core/quiet.ts';
import type { NativeBuild } from './build.ts';
import { hushed } from './noise.ts';
import type { NodeApi } from './types.ts';
import { ourTensorflow } from './union.ts';

/** The C++ part of tfjs-node. */
export interface Addon {
  TF_Version: string;
  isUsingGpuDevice(): boolean;
}

/** The JavaScript part of tfjs-node. */
interface TfjsNode {
  NodeJSKernelBackend: new (addon: Addon, name: string) => KernelBackend;
  node: NodeApi;
}

type Wants = (name: string) => unknown;

/** Above wasm, should anything ask tfjs for the best one. */
const PRIORITY = 3;

/**
 * Loads a build of the command and registers it as the back end 'tensorflow'. Its JavaScript, one file, gets the
 * TensorFlow.js that this module has.
 *
 * @throws Error when a file is missing, a library does not fit this machine, or a symbol is missing
 */
export function loadBuild({ folder }: NativeBuild): { addon: Addon; node: NodeApi } {
  const require = createRequire(import.meta.url);
  // A library with the wrong symbols must throw before anything is registered.
  const addon = hushed(folder, () => require(join(folder, 'addon', 'tfjs_binding.node')) as Addon);
  const given = ourTensorflow();
  const wants: Wants = (name) => given[name] ?? require(name);
  const make = require(join(folder, 'tfjs-node.cjs')) as (wants: Wants) => TfjsNode;
  const { NodeJSKernelBackend, node } = quietly(() => make(wants));
  if (findBackendFactory('tensorflow')) removeBackend('tensorflow');
  const backend = new NodeJSKernelBackend(addon, '@tensorflow/tfjs-node');
  registerBackend('tensorflow', () => backend, PRIORITY);
  return { addon, node };
}
