import Module from 'node:module';
import { dirname, isAbsolute, sep } from 'node:path';
import { withoutCompilationCache } from './compilationCache.ts';
import { compiledFile } from './compiledFiles.ts';
import { fileFor, versionOf } from './fileVersions.ts';
import { noteCells, noteLoaded } from './localModules.ts';
import { isInPackage, isPath } from './typescriptFiles.ts';

interface LoadedModule {
  filename: string;
  _compile(code: string, path: string): void;
}

interface CommonJs {
  prototype: { _compile(this: LoadedModule, code: string, path: string, ...rest: unknown[]): unknown };
  _extensions: Record<string, (module: LoadedModule, path: string) => void>;
  _resolveFilename(request: string, parent: LoadedModule | undefined, ...rest: unknown[]): string;
}

/** The kernel's own files are not the user's, wherever they are installed. */
const OWN = dirname(__dirname) + sep;

const isUsers = (path: string | undefined): path is string =>
  path !== undefined && isAbsolute(path) && !isInPackage(path) && !path.startsWith(OWN);

/** Makes `require` find and compile TypeScript files beside the notebook, by their paths or by `paths`. `cells` is the file that cells count as. */
export function requireTypeScript(cells: string): void {
  const commonJs = Module as unknown as CommonJs;
  for (const extension of ['.ts', '.cts', '.mts', '.tsx']) {
    const previous = commonJs._extensions[extension];
    commonJs._extensions[extension] = (module, path) => {
      if (previous && isInPackage(path)) return previous(module, path);
      return module._compile(compiledFile(path, path, 'commonjs').code, path);
    };
  }
  const { _compile } = commonJs.prototype;
  commonJs.prototype._compile = function (code, path, ...rest) {
    const compile = (): unknown => _compile.call(this, code, path, ...rest);
    return isUsers(path) ? withoutCompilationCache(compile) : compile();
  };
  const original = commonJs._resolveFilename;
  commonJs._resolveFilename = (request, parent, ...rest) => {
    const from = parent?.filename;
    const byNode = (): string => original.call(Module, request, parent, ...rest);
    if (!isUsers(from)) return byNode();
    const path =
      (isPath(request) ? undefined : fileFor(request, from)) ?? orTypeScript(byNode, request, from);
    if (isUsers(path)) noteLoaded(path, versionOf(path));
    if (from === cells) noteCells(parent);
    return path;
  };
}

/** `./model.js` where there is only `model.ts`. */
function orTypeScript(byNode: () => string, request: string, from: string): string {
  try {
    return byNode();
  } catch (error) {
    const found = isPath(request) ? fileFor(request, from) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}
