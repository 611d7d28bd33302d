import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { extname } from 'node:path';
import { visitGroups } from './graph.ts';
import { compilerOptionsOf, fileByPaths, forgetTsconfigs } from './tsconfig.ts';
import { fileAt, isInPackage, isPath, isTypeScript, isUrl, pathFrom } from './typescriptFiles.ts';

/** Which version of the user's files is on disk: a text that changes with a file and with all that it imports. */

interface FileState {
  signature: string;
  /** The file had rested when it was read: a later change shows in the signature. */
  rested: boolean;
  hash: string;
  /** Of TypeScript only. */
  text?: string;
  specifiers: readonly string[];
}

// Cells may replace these.
const { now } = Date;
const { imul } = Math;
const { stringify } = JSON;

/** File systems count time in steps: two changes within one may leave the same signature. */
const RESTED_MS = 100;
/** Larger files are known by their signature alone. */
const MAX_HASHED = 1 << 20;

const CODE = /^\.(?:[mc]?[jt]s|[jt]sx)$/;
const IMPORTED =
  /\b(?:from|import|require(?:\.resolve)?|new\s+URL)\s*\(?\s*(?:['"]([^'"\n]+)['"]|`([^`$\n]+)`)/g;

const states = new Map<string, FileState>();
/** What was found while somebody looks: one import sees each file once. */
const versions = new Map<string, string>();
const imports = new Map<string, string[]>();
const current = new Map<string, FileState | undefined>();
let lookers = 0;
let resolveName: (specifier: string, parent: string) => string | undefined = () => undefined;

/** `resolve` finds the file of a name that is not a path: `#name`, a linked package, the package's own name. */
export function resolveNamesBy(resolve: typeof resolveName): void {
  resolveName = resolve;
}

/** What is on disk now counts until `endLook`; outside of that it is looked at each time. */
export function beginLook(): void {
  lookers += 1;
  forgetLook();
}

export function endLook(): void {
  lookers = lookers > 0 ? lookers - 1 : 0;
}

/** After a termination, which skips what was to come at the end. */
export function endAllLooks(): void {
  lookers = 0;
}

function forgetLook(): void {
  versions.clear();
  imports.clear();
  current.clear();
  forgetTsconfigs();
}

function stateOf(path: string): FileState | undefined {
  if (!current.has(path)) current.set(path, read(path));
  return current.get(path);
}

function read(path: string): FileState | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat?.isFile()) {
    states.delete(path);
    return undefined;
  }
  const signature = `${stat.mtimeNs}:${stat.ctimeNs}:${stat.size}:${stat.ino}`;
  const known = states.get(path);
  if (known?.rested && known.signature === signature) return known;
  const changed = Number(stat.mtimeMs > stat.ctimeMs ? stat.mtimeMs : stat.ctimeMs);
  const state: FileState = {
    signature,
    rested: now() - changed > RESTED_MS,
    hash: signature,
    specifiers: [],
  };
  if (stat.size <= MAX_HASHED) {
    const isCode = CODE.test(extname(path));
    const text = readFileSync(path, isCode ? 'utf8' : 'latin1');
    state.hash = hashOf(text);
    if (isCode) {
      // The compiler takes what was looked at, also where the file changes meanwhile.
      if (isTypeScript(path)) state.text = text;
      state.specifiers = known?.hash === state.hash ? known.specifiers : specifiersOf(text);
    }
  }
  states.set(path, state);
  return state;
}

function specifiersOf(text: string): string[] {
  const found = new Set<string>();
  for (const [, quoted, template] of text.matchAll(IMPORTED)) found.add(quoted ?? template ?? '');
  return [...found];
}

/** The user's file that a specifier in another of the user's files leads to. */
export function fileFor(specifier: string, parent: string): string | undefined {
  if (isPath(specifier)) {
    const path = pathFrom(specifier, parent);
    return path === undefined ? undefined : fileAt(path);
  }
  if (isInPackage(parent) || isBuiltin(specifier) || isUrl(specifier)) return undefined;
  return fileByPaths(specifier, parent);
}

function importsOf(path: string): string[] {
  const known = imports.get(path);
  if (known) return known;
  const files: string[] = [];
  for (const specifier of stateOf(path)?.specifiers ?? []) {
    const file = fileFor(specifier, path) ?? (isPath(specifier) ? undefined : resolveName(specifier, path));
    if (file !== undefined && !isInPackage(file) && stateOf(file)) files.push(file);
  }
  imports.set(path, files);
  return files;
}

/** Undefined where there is no such file. */
export function versionOf(path: string): string | undefined {
  if (lookers === 0) forgetLook();
  if (!versions.has(path)) {
    if (!stateOf(path)) return undefined;
    visitGroups(path, importsOf, (file) => versions.has(file), settleVersions);
  }
  return versions.get(path);
}

/** Files that import each other change together. */
function settleVersions(group: readonly string[]): void {
  const parts = group.map((file) => {
    const options = isTypeScript(file) ? stringify(compilerOptionsOf(file)) : '';
    return `${file}:${stateOf(file)?.hash}:${options}`;
  });
  for (const file of group) {
    for (const imported of importsOf(file)) {
      if (!group.includes(imported)) parts.push(`${imported}=${versions.get(imported)}`);
    }
  }
  const version = hashOf(parts.sort().join('\n'));
  for (const file of group) versions.set(file, version);
}

/** The code of a file in the version that counts; read again where it is not known. */
export function textOf(path: string): string {
  return stateOf(path)?.text ?? readFileSync(path, 'utf8');
}

/** 53 bits of a text (cyrb53): what is compared are the few versions of one file. */
function hashOf(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = imul(a ^ code, 2654435761);
    b = imul(b ^ code, 1597334677);
  }
  a = imul(a ^ (a >>> 16), 2246822507) ^ imul(b ^ (b >>> 13), 3266489909);
  b = imul(b ^ (b >>> 16), 2246822507) ^ imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
