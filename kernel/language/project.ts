import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CURRENT } from './documents.ts';

/** The project's configuration, in the notebook's folder; it is told to the language server, not written. */
export const CONFIG_NAME = '.descent-tsconfig.json';

export interface ProjectOptions {
  folder: string;
  /** The folder with the declarations of what cells find preloaded. */
  types: string;
  /** Whether the toolkit is mentioned: its types are half of the server's memory. */
  toolkit: boolean;
}

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
  const own = userConfig(folder);
  const globals = ['kernel.d.ts', ...(toolkit ? ['toolkit.d.ts'] : [])].map((name) => join(types, name));
  return JSON.stringify({
    // The later one counts: what the user says goes before our defaults.
    extends: [join(types, 'defaults.json'), ...(own === undefined ? [] : [own])],
    compilerOptions: REQUIRED,
    files: [nodeTypes(folder), ...globals, CURRENT],
    include: [],
    exclude: [],
    references: [],
  });
}

/** The tsconfig.json of the project around the notebook. */
function userConfig(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'tsconfig.json');
    if (existsSync(path)) return path;
    if (at === dirname(at)) return undefined;
  }
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
