import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseTsconfig } from 'get-tsconfig';
import { CURRENT_NAMES } from './documents.ts';
import { upwards } from './upwards.ts';

/** The project's configuration, in the notebook's folder; it is told to the language server, not written. */
export const CONFIG_NAME = '.descent-tsconfig.json';

const TFJS = ['core', 'layers', 'data', 'converter', 'backend-cpu', 'backend-wasm'].map(
  (part) => `@tensorflow/tfjs-${part}`,
);

export interface ProjectOptions {
  folder: string;
  /** The folder with the declarations of what cells find preloaded. */
  types: string;
  /** Whether the toolkit is mentioned: its types are half of the server's memory. */
  toolkit: boolean;
}

/** What holds where the user's tsconfig.json says nothing. */
const DEFAULTS = {
  strict: true,
  useUnknownInCatchVariables: false,
  lib: ['esnext'],
};

/** What the way in which cells run asks for, whatever the user's tsconfig.json says. */
const REQUIRED = {
  ...{ module: 'preserve', moduleResolution: 'bundler', moduleDetection: 'force', target: 'esnext' },
  ...{ noEmit: true, declaration: false, composite: false, incremental: false, isolatedDeclarations: false },
  ...{ rootDir: null, outDir: null, declarationDir: null, tsBuildInfoFile: null },
  ...{ allowImportingTsExtensions: true, allowArbitraryExtensions: true, resolveJsonModule: true },
  ...{ allowJs: true, checkJs: false, esModuleInterop: true, allowSyntheticDefaultImports: true },
  ...{ verbatimModuleSyntax: false, isolatedModules: false, erasableSyntaxOnly: false, importHelpers: false },
  ...{
    noUnusedLocals: false,
    noUnusedParameters: false,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
  },
  allowUmdGlobalAccess: true,
  ...{ noUncheckedSideEffectImports: false, skipLibCheck: true },
};

/** The text of the configuration. */
export function configText({ folder, types, toolkit }: ProjectOptions): string {
  const user = userOptions(folder);
  const globals = ['kernel.d.ts', ...(toolkit ? ['toolkit.d.ts'] : [])].map((name) => join(types, name));
  return JSON.stringify({
    compilerOptions: {
      ...DEFAULTS,
      ...user,
      ...REQUIRED,
      paths: { ...bundledPaths(folder, types), ...user.paths },
    },
    files: [nodeTypes(folder), ...globals, ...CURRENT_NAMES],
    include: [],
    exclude: [],
    references: [],
  });
}

/** Where packages that come with the kernel have their types, unless they lie beside the notebook. */
function bundledPaths(folder: string, types: string): Record<string, string[]> {
  const kernel = dirname(types);
  const require = createRequire(import.meta.url);
  const bundled: [string, () => string][] = [
    ['tslab', () => join(kernel, 'tslab.d.cts')],
    ['descent-kernel', () => join(dirname(kernel), 'src', 'index.d.ts')],
    ['descent-kernel/*', () => join(dirname(kernel), 'src', '*', 'index.d.ts')],
    ...['', '-node', '-node-gpu'].map((end): [string, () => string] => [
      `@tensorflow/tfjs${end}`,
      () => join(kernel, 'tfjs.d.mts'),
    ]),
    ...TFJS.map((name): [string, () => string] => [
      name,
      () => dirname(require.resolve(`${name}/package.json`)),
    ]),
  ];
  const missing = bundled.filter(([name]) => !isInstalled(name.replace('/*', ''), folder));
  return Object.fromEntries(missing.map(([name, path]) => [name, [path()]]));
}

function isInstalled(name: string, folder: string): boolean {
  for (const at of upwards(folder)) if (existsSync(join(at, 'node_modules', name))) return true;
  return false;
}

interface UserOptions {
  paths?: Record<string, string[]>;
  [option: string]: unknown;
}

/** The options of the user's tsconfig.json and of those that it extends, with paths from the root of the disk. */
function userOptions(folder: string): UserOptions {
  const own = userConfig(folder);
  if (own === undefined) return {};
  try {
    const { baseUrl, paths, ...options } = parseTsconfig(own).compilerOptions ?? {};
    const from = resolve(dirname(own), baseUrl ?? '.');
    const located = Object.entries(paths ?? {}).map(([name, list]) => [
      name,
      list.map((path) => resolve(from, path)),
    ]);
    // It is no option of the compiler's any more.
    const base = baseUrl === undefined ? {} : { '*': [join(from, '*')] };
    const folders = (['typeRoots', 'rootDirs'] as const).map((option) => [
      option,
      options[option]?.map((path) => resolve(dirname(own), path)),
    ]);
    return {
      ...options,
      ...Object.fromEntries(folders.filter(([, list]) => list !== undefined)),
      paths: { ...base, ...Object.fromEntries(located) },
    };
  } catch {
    // The runtime says what is wrong with it when a cell imports a file.
    return {};
  }
}

/** The tsconfig.json of the project around the notebook. */
function userConfig(folder: string): string | undefined {
  for (const at of upwards(folder)) {
    const path = join(at, 'tsconfig.json');
    if (existsSync(path)) return path;
  }
  return undefined;
}

/** The declarations of Node: those beside the notebook, else the kernel's own. */
function nodeTypes(folder: string): string {
  for (const from of [join(folder, 'cell.ts'), import.meta.url]) {
    try {
      return join(dirname(createRequire(from).resolve('@types/node/package.json')), 'index.d.ts');
    } catch {
      // The kernel's own are a dependency.
    }
  }
  throw new Error("the kernel's dependency @types/node is missing: install the kernel again");
}

/** The names of the toolkit: each has declarations of its own. */
export const toolkitNames = (types: string): ReadonlySet<string> =>
  new Set(readdirSync(join(types, 'toolkit')).map((name) => name.replace(/\.d\.ts$/, '')));
