import Module from 'node:module';

/**
 * A termination in the middle of loading a module skips what Node would do after an exception: the module
 * stays in its cache as it was at that moment, `require` gives an incomplete one for ever, and `import`
 * waits for ever. Node's caches of ES modules and of its own modules are reached by `--expose-internals`.
 */
interface BuiltinModule {
  loaded: boolean;
  loading: boolean;
  exports: object;
}

interface ModuleJob {
  module?: { getStatus(): number };
}

type ModuleMap = Map<string, Record<string, unknown>> & { delete(url: string, type: string): unknown };

interface Internals {
  builtins?: ReadonlyMap<string, BuiltinModule>;
  modules?: ModuleMap;
}

/** v8::Module::kEvaluated */
const EVALUATED = 4;

let known: Internals | undefined;

function internals(): Internals {
  if (known) return known;
  try {
    const helpers = require('internal/modules/helpers') as {
      loadBuiltinModule(id: string): { constructor: { map: ReadonlyMap<string, BuiltinModule> } };
    };
    const loader = require('internal/modules/esm/loader') as {
      getOrInitializeCascadedLoader(): { loadCache: ModuleMap };
    };
    known = {
      builtins: helpers.loadBuiltinModule('fs').constructor.map,
      modules: loader.getOrInitializeCascadedLoader().loadCache,
    };
  } catch {
    // What an interrupt cuts short may then have to wait for a restart.
    known = {};
  }
  return known;
}

/** Imports that have begun: how many modules there were before. */
const pending = new Set<{ before: number }>();

/** Notes an import for as long as it takes. */
export async function noted<T>(load: () => Promise<T>): Promise<T> {
  const entry = { before: internals().modules?.size ?? 0 };
  pending.add(entry);
  try {
    return await load();
  } finally {
    pending.delete(entry);
  }
}

/** After a termination: what it left incomplete is loaded again when it is asked for. */
export function forgetHalfLoaded(): void {
  const { _cache: cache } = Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> };
  for (const [path, module] of Object.entries(cache)) if (module?.loaded === false) delete cache[path];
  const { builtins, modules } = internals();
  for (const module of builtins?.values() ?? []) {
    if (module.loading && !module.loaded) Object.assign(module, { loading: false, exports: {} });
  }
  if (modules) forgetModules(modules, Math.min(...[...pending].map(({ before }) => before)));
  pending.clear();
}

/** All that an unfinished import brought in is forgotten, and elsewhere what was not evaluated to its end. */
function forgetModules(modules: ModuleMap, from: number): void {
  for (const [index, [url, types]] of [...modules].entries()) {
    for (const [type, job] of Object.entries(types)) {
      const status = (job as ModuleJob | undefined)?.module?.getStatus();
      if (index >= from || (status !== undefined && status !== EVALUATED)) modules.delete(url, type);
    }
  }
}
