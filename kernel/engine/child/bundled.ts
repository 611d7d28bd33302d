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
  /^(?:tslab$|(?:descent-kernel|@tensorflow\/tfjs(?:-core|-layers|-data|-converter|-backend-\w+)?)(?:\/|$))/;

const OWN_FILE = fileURLToPath(import.meta.url);
/** The build puts tslab's public module here: the whole package would bring a compiler that takes the name `tsc`. */
const TSLAB = fileURLToPath(new URL('./tslab.cjs', import.meta.url));

const ROOT = fileURLToPath(new URL('../../package.json', import.meta.url));

/** The file of such a package. `own` is the `require` of this file. Throws where the kernel has it not either. */
export function bundledFile(name: string, own: NodeJS.Require): string {
  if (name === 'tslab') return TSLAB;
  // Only from its own root a package may be called by its name.
  return /^descent-kernel(?:\/|$)/.test(name) ? createRequire(ROOT).resolve(name) : own.resolve(name);
}

/** Makes `require` find them as well. */
export function requireBundled(own: NodeJS.Require): void {
  const resolver = Module as unknown as Resolver;
  const original = resolver._resolveFilename;
  resolver._resolveFilename = (request, parent, isMain, options) => {
    try {
      return apply(original, Module, [request, parent, isMain, options]);
    } catch (error) {
      // The question of the kernel itself comes through here as well; who names folders means these.
      if (!BUNDLED.test(request) || parent?.filename === OWN_FILE || options?.paths) throw error;
      try {
        return bundledFile(request, own);
      } catch {
        throw error;
      }
    }
  };
}
