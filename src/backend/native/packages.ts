import { existsSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBackend } from '@tensorflow/tfjs-core';
import { quietly } from '../../core/quiet.ts';
import type { Addon } from './load.ts';
import { hushed } from './noise.ts';
import type { NodeApi } from './types.ts';
import { ourTensorflow } from './union.ts';

interface Loader {
  _load(request: string, parent: { filename?: string | null } | undefined, ...rest: unknown[]): unknown;
}

/** The published packages, best first. */
export const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/**
 * The entry point of such a package, installed around the program's own folder or beside this package. It is looked
 * for by its path: by its name a notebook gets the toolkit's `tf`.
 */
export function findPackage(name: string): string | undefined {
  for (const start of [process.cwd(), dirname(fileURLToPath(import.meta.url))]) {
    for (let folder = start; ; folder = dirname(folder)) {
      const entry = join(folder, 'node_modules', name, 'dist', 'index.js');
      if (existsSync(entry)) return entry;
      if (folder === dirname(folder)) break;
    }
  }
  return undefined;
}

const nothing = (): void => {};

/** What the package would register: `file://` is there already, and whoever wants a bar of progress can ask for one. */
const QUIET = {
  registerSaveRouter: nothing,
  registerLoadRouter: nothing,
  registerCallbackConstructor: nothing,
};

/** Has the files of a package get the TensorFlow.js that this module has, whatever copy lies beside them. */
function withOurTensorflow<T>(folder: string, load: () => T): T {
  const loader = Module as unknown as Loader;
  const original = loader._load;
  const ours = ourTensorflow(QUIET);
  loader._load = (request, parent, ...rest) => {
    const isInside = parent?.filename?.startsWith(folder + sep);
    return isInside && request in ours
      ? ours[request]
      : Reflect.apply(original, Module, [request, parent, ...rest]);
  };
  try {
    return load();
  } finally {
    loader._load = original;
  }
}

/**
 * Loads tfjs-node from its entry point, which registers the 'tensorflow' back end.
 *
 * @throws whatever it throws: a plain Error without its addon, strings, objects
 */
export function loadPackage(entry: string): { addon: Addon; node: NodeApi } {
  const folder = dirname(dirname(entry));
  const { node } = hushed(folder, () =>
    withOurTensorflow(folder, () =>
      quietly(() => createRequire(import.meta.url)(entry) as { node: NodeApi }),
    ),
  );
  const { binding } = findBackend('tensorflow') as unknown as { binding: Addon };
  return { addon: binding, node };
}
