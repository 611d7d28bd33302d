import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syntaxErrorIn } from './compile.ts';
import { fileAt, isFile } from './typescriptFiles.ts';

/** What the user's tsconfig.json says about running: where names lead to, and how files are compiled. */
interface Project {
  /** The candidates that `paths` and `baseUrl` give for a name. */
  candidates(specifier: string): string[];
  options: CompilerOptions;
}

export type CompilerOptions = Readonly<Record<string, unknown>>;

// Cells may replace these.
const { entries, fromEntries, values } = Object;
const { isArray } = Array;

/** The options that change what a compiled file does. */
const RUNNING = [
  'experimentalDecorators',
  'useDefineForClassFields',
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
];
const JSX = ['preserve', 'react', 'react-jsx', 'react-jsxdev', 'react-native'];
const PATHS_RULE = 'in "paths" each name must have a list of paths, as in { "@/*": ["./src/*"] }';
/** From this target on class fields are defined and not assigned. */
const DEFINES_FIELDS = /^es(?:2022|2023|2024|2025|next)$/i;

const NONE: Project = { candidates: () => [], options: {} };
/** Of folders, as they are now. */
const projects = new Map<string, Project>();
/** Of files that have not changed since. */
const parsed = new Map<string, { files: readonly [string, string][]; project: Project }>();
const warned = new Set<string>();
let ownRequire: NodeJS.Require = require;

/** `require` loads the reader from the kernel's own packages, when there is something to read. */
export function readTsconfigBy(require: NodeJS.Require): void {
  ownRequire = require;
}

/** To be called before imports: an edited tsconfig.json counts from then on. */
export function forgetTsconfigs(): void {
  projects.clear();
}

/** The file that `paths` or `baseUrl` of the tsconfig.json around a file give for a name. */
export function fileByPaths(specifier: string, parent: string): string | undefined {
  const { candidates } = projectOf(dirname(parent));
  for (const candidate of candidates(specifier)) {
    const found = fileAt(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function compilerOptionsOf(path: string): CompilerOptions {
  return projectOf(dirname(path)).options;
}

function projectOf(folder: string): Project {
  const known = projects.get(folder);
  if (known) return known;
  const file = join(folder, 'tsconfig.json');
  const parent = dirname(folder);
  const project = isFile(file) ? read(file) : parent === folder ? NONE : projectOf(parent);
  projects.set(folder, project);
  return project;
}

function read(path: string): Project {
  const known = parsed.get(path);
  if (known?.files.every(([file, text]) => textOf(file) === text)) return known.project;
  const files: [string, string][] = [];
  try {
    const project = parse(path, files);
    parsed.set(path, { files, project });
    return project;
  } catch (error) {
    parsed.delete(path);
    // The reader itself stumbles over lists that are none.
    const reason =
      error instanceof TypeError ? PATHS_RULE : error instanceof Error ? error.message : String(error);
    warn(`${path} is not used: ${reason}`);
    return NONE;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** `files` gets the files that were read, with their text. */
function parse(path: string, files: [string, string][]): Project {
  const text = readFileSync(path, 'utf8');
  files.push([path, text]);
  // Most say nothing about running, and then the reader is not loaded.
  if (!/paths|baseUrl|extends|jsx|[dD]ecorators|ClassFields|target/.test(text)) return NONE;
  const { createPathsMatcher, parseTsconfig } = ownRequire('get-tsconfig') as typeof import('get-tsconfig');
  const cache = new Map<string, unknown>();
  const config = parseTsconfig(path, cache as Map<string, string>);
  for (const [key, content] of cache) {
    const file = /^readFileSync:(.*\.json):utf8$/.exec(key)?.[1];
    if (file === undefined || typeof content !== 'string') continue;
    files.push([file, content]);
    // The reader takes what it can of a broken file, of which half would then count.
    const error = syntaxErrorIn(content, file, ownRequire);
    if (error) throw error;
  }
  check(config.compilerOptions);
  const matcher = createPathsMatcher({ path, config });
  return { candidates: (name) => matcher?.(name) ?? [], options: runningOptions(config.compilerOptions) };
}

function check({ paths = {}, jsx }: { paths?: unknown; jsx?: unknown } = {}): void {
  const lists = typeof paths === 'object' && paths !== null ? values(paths) : [undefined];
  const isList = (value: unknown): boolean => isArray(value) && value.every((way) => typeof way === 'string');
  if (!lists.every(isList)) throw new TypeError(PATHS_RULE);
  if (jsx !== undefined && !JSX.some((name) => name === jsx)) {
    throw new Error(`"jsx" is ${String(jsx)}; it may be ${JSX.join(', ')}`);
  }
}

function runningOptions(all: object = {}): CompilerOptions {
  const given = entries(all).filter(([name, value]) => RUNNING.includes(name) && value !== undefined);
  const options = fromEntries(given) as Record<string, unknown>;
  const { target } = all as { target?: unknown };
  if (typeof target === 'string' && !DEFINES_FIELDS.test(target)) options.useDefineForClassFields ??= false;
  // What is kept for a later tool could not run.
  if (options.jsx === 'preserve' || options.jsx === 'react-native') options.jsx = 'react-jsx';
  return options;
}

/** Once for each error: every import reads the file again. */
function warn(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  process.stderr.write(`${message}\n`);
}
