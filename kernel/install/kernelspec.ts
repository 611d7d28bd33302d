import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from './folders.ts';

/** https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs */
export interface Kernelspec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode?: 'message' | 'signal';
  env?: Record<string, string>;
  metadata?: Record<string, unknown>;
}

/** A kernelspec that cannot be written or removed as asked. */
export class KernelspecError extends Error {
  override name = 'KernelspecError';
}

/** Jupyter's rule for names; it compares them in lower case. */
export function checkName(name: string): string {
  if (/^[a-z0-9._-]+$/i.test(name) && !/^\.+$/.test(name)) return name.toLowerCase();
  throw new KernelspecError(
    `kernelspec name is ${JSON.stringify(name)}, expected letters, digits, ".", "_" and "-" only`,
  );
}

/** The folder of the package's logos. */
export function logosOf({ root }: { root: string }): string {
  return join(root, 'kernel', 'assets');
}

export function makeKernelspec(argv: string[], displayName: string, env: Record<string, string>): Kernelspec {
  return {
    argv,
    display_name: displayName,
    language: 'typescript',
    interrupt_mode: 'message',
    env,
    metadata: { debugger: false, supported_encryption: ['curve'] },
  };
}

/** Reads a kernelspec's folder. Throws a KernelspecError that says what is wrong with its kernel.json. */
export async function readKernelspec(folder: string): Promise<Kernelspec> {
  const fail = (reason: string): never => {
    throw new KernelspecError(`kernel.json ${reason}`);
  };
  const text = await readFile(join(folder, 'kernel.json'), 'utf8').catch((error: NodeJS.ErrnoException) =>
    fail(error.code === 'ENOENT' ? 'is missing' : `cannot be read: ${error.message}`),
  );
  let spec: Partial<Kernelspec> | null = null;
  try {
    spec = JSON.parse(text) as Partial<Kernelspec> | null;
  } catch (error) {
    fail(`is not JSON: ${(error as Error).message}`);
  }
  const { argv, display_name: name } = spec ?? {};
  if (!Array.isArray(argv) || argv.length === 0 || !argv.every((part) => typeof part === 'string')) {
    return fail(`has the argv ${JSON.stringify(argv) ?? 'undefined'}, expected a list of strings`);
  }
  if (typeof name !== 'string') {
    return fail(`has the display_name ${JSON.stringify(name) ?? 'undefined'}, expected a string`);
  }
  return spec as Kernelspec;
}

/** Whether a kernelspec starts this program's kernel, of whichever installation. */
export function isOurs(spec: Kernelspec): boolean {
  return spec.argv[2] === 'kernel' && /[\\/]kernel[\\/]main\.js$/.test(spec.argv[1] ?? '');
}

/**
 * Whether a folder whose kernel.json cannot be read is one of this program's: it holds the same
 * logos, or has the program's name and nothing in it but files that the program writes.
 */
export function isOurFolder(folder: string, logos: string): boolean {
  const isSame = (name: string): boolean => {
    const own = readFileSync(join(logos, name));
    return readFileSync(join(folder, name)).equals(own);
  };
  try {
    const names = readdirSync(logos);
    const held = readdirSync(folder);
    const isPlain = held.every((name) => name === 'kernel.json' || names.includes(name));
    return (basename(folder) === 'descent' && isPlain) || names.some((n) => held.includes(n) && isSame(n));
  } catch {
    return false;
  }
}

async function refuseForeign(folder: string, logos: string, action: string): Promise<void> {
  if (!existsSync(folder)) return;
  const spec = await readKernelspec(folder).catch(() => undefined);
  if (spec ? isOurs(spec) : isOurFolder(folder, logos)) return;
  const what = spec ? `of another kernel (${spec.display_name})` : 'not a kernelspec of descent';
  throw new KernelspecError(`${folder} is ${what}: not ${action}; choose another --name`);
}

/**
 * Writes a kernelspec and its logos in one step, in place of an earlier one of ours.
 * Gives the folder. Throws a KernelspecError when the name is taken by another kernel.
 */
export async function writeKernelspec(
  dataDir: string,
  name: string,
  spec: Kernelspec,
  logos: string,
): Promise<string> {
  const target = join(dataDir, 'kernels', checkName(name));
  await refuseForeign(target, logos, 'replaced');
  try {
    makeFolder(join(dataDir, 'kernels'));
    // Beside `kernels`, not in it: Jupyter would list a half-written folder.
    const work = await mkdtemp(join(dataDir, '.descent-install-'));
    try {
      const next = join(work, 'next');
      await mkdir(next);
      await writeFile(join(next, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
      for (const file of await readdir(logos)) await copyFile(join(logos, file), join(next, file));
      await swap(target, next, join(work, 'last'));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (cause) {
    throw new KernelspecError(`cannot write ${target}: ${(cause as Error).message}`, { cause });
  }
  return target;
}

async function swap(target: string, next: string, last: string): Promise<void> {
  const replaces = existsSync(target);
  if (replaces) await rename(target, last);
  try {
    await rename(next, target);
  } catch (error) {
    if (replaces) await rename(last, target);
    throw error;
  }
}

/** Removes a kernelspec of ours and gives its folder. Throws a KernelspecError when it is not there. */
export async function removeKernelspec(dataDir: string, name: string, logos: string): Promise<string> {
  const target = join(dataDir, 'kernels', checkName(name));
  if (!existsSync(target)) throw new KernelspecError(`no kernelspec at ${target}: nothing to remove`);
  await refuseForeign(target, logos, 'removed');
  try {
    await rm(target, { recursive: true });
  } catch (cause) {
    throw new KernelspecError(`cannot remove ${target}: ${(cause as Error).message}`, { cause });
  }
  return target;
}
