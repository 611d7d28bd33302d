import { existsSync, lstatSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import {
  asksForTensorflow,
  BUNDLED,
  bundledFile,
  importedFile,
  requireBundled,
  whileRequiring,
} from './bundled.ts';
import { compileFilesBy } from './compiledFiles.ts';
import { noted } from './halfLoaded.ts';
import { bringInLatePackages, expectLatePackages, packageOf } from './latePackages.ts';
import { withCurrentFiles, withCurrentFilesSync } from './localModules.ts';
import { explained, manifestAt, missingPackage } from './moduleErrors.ts';
import { installModuleHooks } from './moduleHooks.ts';
import { prepareBackend } from './preload.ts';
import { requireTypeScript } from './requireTypeScript.ts';
import { fileByPaths, forgetTsconfigs, readTsconfigBy } from './tsconfig.ts';
import { redirectTslab } from './tslab.ts';
import { isPath, isUrl } from './typescriptFiles.ts';

type ImportOptions = { with?: Record<string, string> } | undefined;
type ImportFunction = (specifier: string, options?: ImportOptions) => Promise<Record<string, unknown>>;

// Cells may replace these.
const { assign, keys } = Object;
const { captureStackTrace } = Error;

/** `import`, `require` and `import.meta` as seen from a file in the notebook's folder. */
export class ModuleLoader {
  readonly file: string;
  readonly require: NodeJS.Require;
  readonly meta: { url: string; dirname: string; filename: string; resolve(specifier: string): string };
  readonly #ownRequire: NodeJS.Require;
  readonly #nodeImport: ImportFunction;
  #hooked = false;

  constructor(folder: string) {
    this.file = join(folder, 'cell.ts');
    this.#ownRequire = createRequire(__filename);
    expectLatePackages(this.#ownRequire);
    readTsconfigBy(this.#ownRequire);
    compileFilesBy(this.#ownRequire);
    requireTypeScript(this.file);
    requireBundled(this.#ownRequire);
    redirectTslab();
    this.require = this.#currentRequire(createRequire(this.file));
    const url = pathToFileURL(this.file);
    this.meta = {
      url: url.href,
      dirname: folder,
      filename: this.file,
      resolve: (specifier) => this.#resolve(specifier, url),
    };
    this.#nodeImport = new vm.Script('(specifier, options) => import(specifier, options)', {
      filename: this.file,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext() as ImportFunction;
  }

  /**
   * What `import(specifier)` means in a cell. `required` lists the names that must be exported.
   * JSON needs no `with { type: 'json' }`.
   */
  import = async (
    specifier: unknown,
    options?: ImportOptions,
    required: readonly string[] = [],
  ): Promise<Record<string, unknown>> => {
    const call = {};
    captureStackTrace(call, this.import);
    const name = String(specifier);
    const only = importedFile(name, this.#ownRequire, false);
    if (only !== undefined) {
      await prepareBackend();
      return this.#checked(name, await this.#nodeImport(pathToFileURL(only).href), required);
    }
    const json = name.endsWith('.json') && !options?.with;
    const load = (): Promise<Record<string, unknown>> =>
      noted(() => this.#find(name, json ? { with: { type: 'json' } } : options, call));
    const isLocal = this.#isLocal(name);
    if (isLocal) this.#hook();
    else if (isLocal === undefined) throw missingPackage(name);
    bringInLatePackages();
    const found = await (isLocal ? withCurrentFiles(load) : load());
    // A file that wants it has begun without it.
    if (asksForTensorflow()) await prepareBackend();
    return this.#checked(name, found, required);
  };

  #checked(
    name: string,
    found: Record<string, unknown>,
    required: readonly string[],
  ): Record<string, unknown> {
    const missing = required.find((key) => !(key in found));
    if (missing !== undefined) {
      const exported = keys(found).filter((key) => key !== 'default' && key !== 'module.exports');
      const list = exported.length > 0 ? exported.slice(0, 20).join(', ') : 'only a default';
      throw new SyntaxError(`the module '${name}' does not export '${missing}'; it exports ${list}`);
    }
    return found;
  }

  /**
   * Whether a file of the user's is meant: by its path, by a name of the tsconfig.json or package.json around, or
   * in a linked package. Undefined for a package that is nowhere.
   */
  #isLocal(name: string): boolean | undefined {
    if (isPath(name) || name.startsWith('#') || name.endsWith('.wasm')) return true;
    const wanted = packageOf(name);
    if (wanted === undefined) return false;
    forgetTsconfigs();
    if (fileByPaths(name, this.file) !== undefined) return true;
    for (let folder = dirname(this.file); ; folder = dirname(folder)) {
      const installed = lstatSync(join(folder, 'node_modules', wanted), { throwIfNoEntry: false });
      if (installed) {
        // What it imports of TensorFlow.js must be the one that there is.
        if (existsSync(join(folder, 'node_modules', '@tensorflow'))) this.#hook();
        return installed.isSymbolicLink();
      }
      if (manifestAt(folder)?.name === wanted) return true;
      if (folder === dirname(folder)) break;
    }
    return BUNDLED.test(name) ? false : undefined;
  }

  async #find(name: string, options: ImportOptions, call: object): Promise<Record<string, unknown>> {
    try {
      return await this.#nodeImport(name, options);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (
        code === 'ERR_MODULE_NOT_FOUND' &&
        BUNDLED.test(name) &&
        String(error).includes(`'${packageOf(name)}'`)
      ) {
        return this.#nodeImport(pathToFileURL(bundledFile(name, this.#ownRequire)).href, options);
      }
      throw explained(error, call, this.file);
    }
  }

  #resolve(specifier: string, from: URL): string {
    if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
    if (isPath(specifier)) return new URL(specifier, from).href;
    return isUrl(specifier) ? specifier : pathToFileURL(this.require.resolve(specifier)).href;
  }

  /** Installs the hooks at the first import of a local file. */
  #hook(): void {
    if (this.#hooked) return;
    this.#hooked = true;
    installModuleHooks(this.#ownRequire);
  }

  /** `require` for cells: files that have changed are loaded again, and what is missing is named. */
  #currentRequire(original: NodeJS.Require): NodeJS.Require {
    const current = <A extends unknown[], T>(
      ask: (specifier: string, ...rest: A) => T,
    ): ((specifier: string, ...rest: A) => T) => {
      const asked = (specifier: string, ...rest: A): T => {
        const call = {};
        captureStackTrace(call, asked);
        const answer = (): T => ask(specifier, ...rest);
        try {
          const load = (): T => whileRequiring(answer);
          return this.#isLocal(String(specifier)) ? withCurrentFilesSync(load) : load();
        } catch (error) {
          throw explained(error, call, this.file);
        }
      };
      return assign(asked, ask);
    };
    return assign(current(original), { resolve: current(original.resolve) }) as NodeJS.Require;
  }
}
