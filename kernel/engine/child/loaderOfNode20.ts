import type { ResolveContext, Resolved } from './nodeLoader.ts';
import { type Customizations, type EsmLoader, type EsmParts, esmLoader, esmParts } from './nodeLoader.ts';

type Next<C, T> = (what: string, context: C) => T;

export interface ModuleHooks {
  resolve(specifier: string, context: ResolveContext, next: Next<ResolveContext, Resolved>): Resolved;
  load<T>(url: string, context: object, next: Next<object, T>): T | object;
}

/**
 * Node 20 has no hooks on the user's thread, but its loader takes customizations: those that hooks on a thread of
 * their own get. Hooks that the user registers come after these.
 */
export function customizeLoader(hooks: ModuleHooks): void {
  const loader = esmLoader();
  loader.setCustomizations?.(customizationsOf(hooks, loader, esmParts()));
}

function customizationsOf(hooks: ModuleHooks, loader: EsmLoader, parts: EsmParts): Customizations {
  let users: Customizations | undefined;
  const next = (specifier: string, context: ResolveContext): Resolved =>
    users
      ? users.resolveSync(specifier, context.parentURL, context.importAttributes ?? {})
      : parts.defaultResolve(specifier, context);
  const conditions = ['node', 'import', 'module-sync', 'node-addons'];
  const own: Customizations = {
    allowImportMetaResolve: true,
    resolveSync: (specifier, parentURL, importAttributes) =>
      hooks.resolve(specifier, { parentURL, importAttributes, conditions }, next),
    resolve: async (...args) => own.resolveSync(...args),
    load: async (url, context) => {
      const loading = hooks.load(url, context, users?.load.bind(users) ?? parts.defaultLoad);
      return { responseURL: url, ...(await loading) };
    },
    loadSync: (url, context) => ({
      responseURL: url,
      ...hooks.load(url, context, users?.loadSync.bind(users) ?? parts.defaultLoadSync),
    }),
    importMetaInitialize: parts.initializeImportMeta,
    register: (...args) => {
      users ??= usersOf(loader);
      loader.setCustomizations?.(own);
      return users?.register(...args);
    },
    forceLoadHooks: () => users?.forceLoadHooks(),
  };
  return own;
}

/** The loader makes them where it has none, and passes them to its own method. */
function usersOf(loader: EsmLoader): Customizations | undefined {
  let made: Customizations | undefined;
  loader.setCustomizations?.(undefined);
  const instance: Pick<EsmLoader, 'setCustomizations'> = loader;
  instance.setCustomizations = (customizations) => {
    made = customizations;
    throw new Error('taken');
  };
  try {
    loader.register?.('data:text/javascript,', 'data:');
  } catch {
    // Nothing was to be registered yet.
  } finally {
    delete instance.setCustomizations;
  }
  return made;
}
