import Module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

interface Resolver {
  _resolveFilename(
    request: string,
    parent: { filename?: string } | undefined,
    isMain: boolean,
    options?: { paths?: string[] },
  ): string;
}

// Cells may replace this.
const { apply } = Reflect;

/** Packages that come with the kernel, for notebooks in folders that have none of their own. */
export const BUNDLED: RegExp =
  /^(?:tslab$|@tensorflow\/tfjs(?:-node(?:-gpu)?)?$|(?:descent-kernel|@tensorflow\/tfjs-(?:core|layers|data|converter|backend-\w+))(?:\/|$))/;

/** TensorFlow.js as a whole, by the names of its packages for browsers and for Node. */
const WHOLE = /^@tensorflow\/tfjs(?:-node(?:-gpu)?)?$/;
/** Parts of it that the toolkit is built on. */
const PART = /^@tensorflow\/tfjs-(?:core|layers|data|converter|backend-(?:cpu|wasm))(?:\/|$)/;

const OWN_FILE = fileURLToPath(import.meta.url);
/** The build puts tslab's public module here: the whole package would bring a compiler that takes the name `tsc`. */
const TSLAB = fileURLToPath(new URL('./tslab.cjs', import.meta.url));

/** The toolkit's `tf`: its module itself for `require`, for `import` with a default export as well. */
const NAMESPACE = fileURLToPath(new URL('../src/backend/namespace.js', import.meta.url));
const IMPORTED = fileURLToPath(new URL('./tfjs.mjs', import.meta.url));
/** The same, which is evaluated when the back end is ready. */
const IMPORTED_READY = fileURLToPath(new URL('./tfjsReady.mjs', import.meta.url));

const ROOT = fileURLToPath(new URL('../../package.json', import.meta.url));

/** Parts that register themselves, which tells the user of what the toolkit has registered before. */
const BACKEND = /-backend-(?:cpu|wasm)$/;

function loadQuietly(name: string, own: NodeJS.Require): void {
  interface Core {
    env(): { getBool(flag: string): boolean; set(flag: string, value: boolean): void };
  }
  const { env } = own('@tensorflow/tfjs-core') as Core;
  const before = env().getBool('IS_TEST');
  // The flag by which TensorFlow.js itself decides whether to warn.
  env().set('IS_TEST', true);
  try {
    own(name);
  } finally {
    env().set('IS_TEST', before);
  }
}

let started = false;

/** Whether anything has asked for TensorFlow.js by a package's name: its back end is to be made ready. */
export const asksForTensorflow = (): boolean => started;

/**
 * The file of the one TensorFlow.js there is, whatever copy lies beside the notebook: tensors, layers and kernels of
 * another would be strangers. Undefined for all other names.
 */
function onlyFile(name: string, own: NodeJS.Require, whole: string): string | undefined {
  if (WHOLE.test(name)) {
    started = true;
    return whole;
  }
  if (!PART.test(name)) return undefined;
  try {
    const file = own.resolve(name);
    if (BACKEND.test(name) && !own.cache[file]) loadQuietly(name, own);
    started = true;
    return file;
  } catch {
    // A file that only another version has.
    return undefined;
  }
}

let requiring = 0;

/** Whether a `require` of a cell goes on: what that loads cannot wait for anything. */
export const isRequiring = (): boolean => requiring > 0;

export function whileRequiring<T>(load: () => T): T {
  requiring += 1;
  try {
    return load();
  } finally {
    requiring -= 1;
  }
}

/** The same for an `import`. `waits` where it may wait for the back end. */
export function importedFile(name: string, own: NodeJS.Require, waits: boolean): string | undefined {
  return onlyFile(name, own, waits ? IMPORTED_READY : IMPORTED);
}

/** The file of such a package. `own` is the `require` of this file. Throws where the kernel has it not either. */
export function bundledFile(name: string, own: NodeJS.Require): string {
  if (name === 'tslab') return TSLAB;
  if (WHOLE.test(name)) return NAMESPACE;
  // Only from its own root a package may be called by its name.
  return /^descent-kernel(?:\/|$)/.test(name) ? createRequire(ROOT).resolve(name) : own.resolve(name);
}

/** Makes `require` find them as well. The question of the kernel itself comes through here, too. */
export function requireBundled(own: NodeJS.Require): void {
  const resolver = Module as unknown as Resolver;
  const original = resolver._resolveFilename;
  resolver._resolveFilename = (request, parent, isMain, options) => {
    const isOwn = parent?.filename === OWN_FILE || options?.paths !== undefined;
    const only = isOwn ? undefined : onlyFile(request, own, NAMESPACE);
    if (only !== undefined) return only;
    try {
      return apply(original, Module, [request, parent, isMain, options]);
    } catch (error) {
      // Who names folders means these.
      if (!BUNDLED.test(request) || isOwn) throw error;
      try {
        return bundledFile(request, own);
      } catch {
        throw error;
      }
    }
  };
}
