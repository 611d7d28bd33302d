/** What is reached of Node's own loader of ES modules, by `--expose-internals`. */

export interface ModuleJob {
  module?: { getStatus(): number };
  modulePromise?: unknown;
  /** The jobs of what it imports, at once or later. */
  linked?: unknown;
  instantiated?: unknown;
}

export type ModuleMap = Map<string, Record<string, unknown>> & {
  delete(url: string, type: string): unknown;
};

export interface ResolveContext {
  parentURL?: string | undefined;
  conditions?: readonly string[];
  importAttributes?: Record<string, string>;
}

export interface Resolved {
  url: string;
  format?: string | null;
  shortCircuit?: boolean;
  importAttributes?: Record<string, string>;
}

/** Hooks of Node 20 as its loader calls them; `register` is that of the user. */
export interface Customizations {
  allowImportMetaResolve: boolean;
  resolve(
    specifier: string,
    parent: string | undefined,
    attributes: Record<string, string>,
  ): Promise<Resolved>;
  resolveSync(specifier: string, parent: string | undefined, attributes: Record<string, string>): Resolved;
  load(url: string, context: object): Promise<object>;
  loadSync(url: string, context: object): object;
  importMetaInitialize(meta: object, context: object, loader: object): unknown;
  register(...args: unknown[]): unknown;
  forceLoadHooks(): void;
}

export interface EsmLoader {
  loadCache: ModuleMap;
  setCustomizations?(customizations: Customizations | undefined): void;
  register?(...args: unknown[]): unknown;
}

export interface EsmParts {
  defaultResolve(specifier: string, context: ResolveContext): Resolved;
  defaultLoad(url: string, context: object): Promise<object>;
  defaultLoadSync(url: string, context: object): object;
  initializeImportMeta(meta: object, context: object, loader: object): unknown;
  translators: Map<string, (this: unknown, ...args: unknown[]) => unknown>;
}

export function esmLoader(): EsmLoader {
  const { getOrInitializeCascadedLoader } = require('internal/modules/esm/loader') as {
    getOrInitializeCascadedLoader(): EsmLoader;
  };
  return getOrInitializeCascadedLoader();
}

export function esmParts(): EsmParts {
  const { defaultResolve } = require('internal/modules/esm/resolve') as EsmParts;
  const { defaultLoad, defaultLoadSync } = require('internal/modules/esm/load') as EsmParts;
  const { translators } = require('internal/modules/esm/translators') as EsmParts;
  const { initializeImportMeta } = require('internal/modules/esm/initialize_import_meta') as EsmParts;
  return { defaultResolve, defaultLoad, defaultLoadSync, initializeImportMeta, translators };
}
