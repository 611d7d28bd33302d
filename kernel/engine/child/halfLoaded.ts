import Module from 'node:module';
import { endAllLooks } from './fileVersions.ts';
import { esmLoader, type ModuleJob, type ModuleMap } from './nodeLoader.ts';

/**
 * A termination in the middle of loading a module skips what Node would do after an exception: the module
 * stays in its cache as it was at that moment, `require` gives an incomplete one for ever, and `import`
 * waits for ever. An ES module that failed stays there too, with its error. Node's caches of ES modules and of
 * its own modules are reached by `--expose-internals`.
 */
interface BuiltinModule {
  loaded: boolean;
  loading: boolean;
  exports: object;
}

interface Internals {
  builtins?: ReadonlyMap<string, BuiltinModule>;
  modules?: ModuleMap;
  /** State and value; undefined for what is no promise. */
  promiseDetails?: (value: unknown) => [number, unknown?] | undefined;
}

// Cells may replace these.
const { assign, entries: entriesOf } = Object;
const { delete: deleteOwn } = Map.prototype;

/** v8::Module::kEvaluated and kErrored */
const EVALUATED = 4;
const ERRORED = 5;
/** v8::Promise::kRejected */
const REJECTED = 2;

let known: Internals | undefined;

function internals(): Internals {
  if (known) return known;
  try {
    const helpers = require('internal/modules/helpers') as {
      loadBuiltinModule(id: string): { constructor: { map: ReadonlyMap<string, BuiltinModule> } };
    };
    const { internalBinding } = require('internal/test/binding') as {
      internalBinding(name: string): { getPromiseDetails: NonNullable<Internals['promiseDetails']> };
    };
    known = {
      builtins: helpers.loadBuiltinModule('fs').constructor.map,
      modules: esmLoader().loadCache,
      promiseDetails: internalBinding('util').getPromiseDetails,
    };
  } catch {
    // What an interrupt cuts short may then have to wait for a restart.
    known = {};
  }
  return known;
}

/** Imports that have begun: how many modules there were before. */
const pending = new Set<{ before: number }>();

/** Notes an import for as long as it takes; what failed is loaded again the next time. */
export async function noted<T>(load: () => Promise<T>): Promise<T> {
  // Another part of an earlier import may have failed after the one that was reported.
  forgetFailed();
  const entry = { before: internals().modules?.size ?? 0 };
  pending.add(entry);
  try {
    return await load();
  } catch (error) {
    forgetFailed();
    throw error;
  } finally {
    pending.delete(entry);
  }
}

/** After a termination: what it left incomplete is loaded again when it is asked for. */
export function forgetHalfLoaded(): void {
  const { _cache: cache } = Module as unknown as { _cache: Record<string, NodeJS.Module | undefined> };
  for (const [path, module] of entriesOf(cache)) if (module?.loaded === false) delete cache[path];
  const { builtins, modules } = internals();
  for (const module of builtins?.values() ?? []) {
    if (module.loading && !module.loaded) assign(module, { loading: false, exports: {} });
  }
  if (modules) forgetModules(modules, Math.min(...[...pending].map(({ before }) => before)));
  pending.clear();
  endAllLooks();
}

/** Forgets modules altogether, so that they can become garbage; the next import loads them again. */
export function forgetUrls(urls: ReadonlySet<string>): void {
  const { modules } = internals();
  if (!modules || urls.size === 0) return;
  const places = [...modules.keys()].flatMap((url, index) => (urls.has(url) ? [index] : []));
  for (const entry of pending) entry.before -= places.filter((place) => place < entry.before).length;
  // The table's own way of deleting leaves the URL behind.
  for (const url of urls) deleteOwn.call(modules, url);
}

interface Entry {
  url: string;
  type: string;
  job: ModuleJob;
  index: number;
}

function jobsIn(modules: ModuleMap): Entry[] {
  const entries: Entry[] = [];
  let index = 0;
  for (const [url, types] of modules) {
    for (const [type, job] of entriesOf(types)) {
      if (typeof job === 'object' && job !== null) entries.push({ url, type, job, index });
    }
    index += 1;
  }
  return entries;
}

/** All that an unfinished import brought in is forgotten, and elsewhere what was not evaluated to its end. */
function forgetModules(modules: ModuleMap, from: number): void {
  for (const { url, type, job, index } of jobsIn(modules)) {
    if (index >= from || job.module?.getStatus() !== EVALUATED) modules.delete(url, type);
  }
}

/** Jobs that failed, also those that are no longer in the cache: others may still lead to them. */
const failed = new WeakSet<ModuleJob>();

/** Forgets what failed and what imports it; what another import is loading stays. */
function forgetFailed(): void {
  const { modules } = internals();
  if (!modules) return;
  let rest = jobsIn(modules).filter(({ job }) => job.module?.getStatus() !== EVALUATED);
  for (let before = 0; before !== rest.length; ) {
    before = rest.length;
    rest = rest.filter(({ url, type, job }) => {
      if (!hasFailed(job) && !importsOf(job).some(hasFailed)) return true;
      failed.add(job);
      modules.delete(url, type);
      return false;
    });
  }
}

function hasFailed(job: ModuleJob): boolean {
  if (failed.has(job) || job.module?.getStatus() === ERRORED) return true;
  const { promiseDetails } = internals();
  const isRejected = (value: unknown): boolean => promiseDetails?.(value)?.[0] === REJECTED;
  return isRejected(job.modulePromise) || isRejected(job.linked) || isRejected(job.instantiated);
}

function importsOf({ linked }: ModuleJob): ModuleJob[] {
  const jobs = internals().promiseDetails?.(linked)?.[1] ?? linked;
  // Node 20 and 22 give it no prototype.
  return typeof jobs === 'object' && jobs !== null && 'length' in jobs
    ? Array.from(jobs as ArrayLike<ModuleJob>)
    : [];
}
