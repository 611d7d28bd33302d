import Module from 'node:module';
import { dirname, isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileTypeScript } from './compile.ts';
import { typescriptFile, versionOf } from './typescriptFiles.ts';

interface LoadedModule {
  filename: string;
  children: LoadedModule[];
  _compile(code: string, path: string): void;
}

interface CommonJs {
  _extensions: Record<string, (module: LoadedModule, path: string) => void>;
  _resolveFilename(request: string, parent: LoadedModule | undefined, ...rest: unknown[]): string;
  _cache: Record<string, LoadedModule | undefined>;
}

const IN_PACKAGE = /[\\/]node_modules[\\/]/;

/** Makes `require` find and compile TypeScript files beside the notebook; edited ones are loaded again. */
export function requireTypeScript(require: NodeJS.Require): void {
  const commonJs = Module as unknown as CommonJs;
  const versions = new Map<string, number>();
  for (const extension of ['.ts', '.cts', '.mts', '.tsx']) {
    const previous = commonJs._extensions[extension];
    commonJs._extensions[extension] = (module, path) => {
      if (previous && IN_PACKAGE.test(path)) return previous(module, path);
      versions.set(path, versionOf(path));
      return module._compile(compileTypeScript(path, 'commonjs', require).code, path);
    };
  }
  const original = commonJs._resolveFilename;
  commonJs._resolveFilename = (request, parent, ...rest) => {
    let path: string;
    try {
      path = original.call(Module, request, parent, ...rest);
    } catch (error) {
      const found = javascriptThatIsTypeScript(request, parent);
      if (found === undefined) throw error;
      path = found;
    }
    const version = versions.get(path);
    if (version !== undefined && version !== versionOf(path)) {
      versions.delete(path);
      delete commonJs._cache[path];
    }
    return path;
  };
}

/** `./model.js` where there is only `model.ts`. */
function javascriptThatIsTypeScript(request: string, parent: LoadedModule | undefined): string | undefined {
  if (!/^\.{0,2}\//.test(request) && !isAbsolute(request)) return undefined;
  const folder = parent?.filename ? dirname(parent.filename) : process.cwd();
  return typescriptFile(new URL(pathToFileURL(resolve(folder, request))));
}
