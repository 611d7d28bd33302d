import { statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';

/** Which file an import means, where TypeScript has rules of its own. */

const TYPESCRIPT = /\.(?:[mc]?ts|tsx)$/;
export const isTypeScript = (path: string): boolean => TYPESCRIPT.test(path);

const IN_PACKAGE = /[\\/]node_modules[\\/]/;
/** Files of packages are read once; the user's own are followed. */
export const isInPackage = (path: string): boolean => IN_PACKAGE.test(path);

/** Paths and `file:` URLs; anything else is a name. */
export const isPath = (specifier: string): boolean => /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier);

/** URLs of any kind, `node:` among them, but no drive of Windows. */
export const isUrl = (specifier: string): boolean => /^[a-z][a-z+.-]+:/i.test(specifier);

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** `./model` and `./model.js` may mean `./model.ts`, as TypeScript's own resolution has it. */
function typescriptFile(path: string): string | undefined {
  if (isFile(path)) return isTypeScript(path) ? path : undefined;
  if (isTypeScript(path)) return undefined;
  return [
    `${path}.ts`,
    `${path}.tsx`,
    path.replace(/\.([mc]?)js$/, '.$1ts'),
    path.replace(/\.jsx?$/, '.tsx'),
    `${path.replace(/[\\/]$/, '')}/index.ts`,
    `${path.replace(/[\\/]$/, '')}/index.tsx`,
  ].find((candidate) => isTypeScript(candidate) && isFile(candidate));
}

/** The file that a path in an import or a `require` means; what only `require` completes is included. */
export function fileAt(path: string): string | undefined {
  const found = typescriptFile(path);
  if (found !== undefined) return found;
  const rest = ['', '.js', '.json', '.cjs', '.mjs', '/index.js', '/index.json'];
  return rest.map((end) => path + end).find(isFile);
}

/** A path or `file:` URL, with or without a version, as a path. */
export function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(new URL(new URL(file).pathname, 'file:')) : file;
}

/** The path that a specifier of a path or `file:` URL leads to from a file. */
export function pathFrom(specifier: string, parent: string): string | undefined {
  try {
    return pathOf(new URL(specifier, pathToFileURL(parent)).href);
  } catch {
    return undefined;
  }
}
