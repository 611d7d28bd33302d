import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isTypeScript } from './compile.ts';

/** Which TypeScript file an import means, and which version of it. */

function isFile(url: URL): boolean {
  try {
    return statSync(fileURLToPath(url)).isFile();
  } catch {
    return false;
  }
}

/** `./model` and `./model.js` may mean `./model.ts`, as TypeScript's own resolution has it. */
export function typescriptFile(url: URL): string | undefined {
  const plain = new URL(url.pathname, 'file:');
  if (isTypeScript(plain.pathname)) return isFile(plain) ? fileURLToPath(plain) : undefined;
  if (isFile(plain)) return undefined;
  const { href } = plain;
  const found = [
    `${href}.ts`,
    `${href}.tsx`,
    href.replace(/\.([mc]?)js$/, '.$1ts'),
    href.replace(/\.jsx?$/, '.tsx'),
    `${href.replace(/\/$/, '')}/index.ts`,
  ].find((candidate) => isTypeScript(candidate) && isFile(new URL(candidate)));
  return found === undefined ? undefined : fileURLToPath(found);
}

const IMPORTED = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;
const known = new Map<string, { changed: number; imports: URL[] }>();

/** Which files these are is asked each time: one may come later, or be another one by then. */
function importsOf(path: string, changed: number): URL[] {
  const cached = known.get(path);
  if (cached?.changed === changed) return cached.imports;
  const base = pathToFileURL(path);
  const imports = [...readFileSync(path, 'utf8').matchAll(IMPORTED)].map(
    ([, specifier]) => new URL(specifier ?? '', base),
  );
  known.set(path, { changed, imports });
  return imports;
}

/**
 * The time of the last change of a file and of the TypeScript files that it imports. As a part of its
 * URL it makes an edited file, and what imports it, a new module.
 */
export function versionOf(path: string): number {
  const seen = new Set<string>();
  let latest = 0;
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const { mtimeMs } = statSync(file);
    latest = Math.max(latest, mtimeMs);
    for (const url of importsOf(file, mtimeMs)) {
      const imported = typescriptFile(url);
      if (imported !== undefined) visit(imported);
    }
  };
  visit(path);
  return latest;
}

/** A path or `file:` URL, with or without a version, as a path. */
export function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(new URL(new URL(file).pathname, 'file:')) : file;
}
