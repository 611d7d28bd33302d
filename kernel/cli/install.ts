import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { kernelArgv, program } from '../client/program.ts';
import { logosOf, makeKernelspec, removeKernelspec, writeKernelspec } from '../install/kernelspec.ts';
import { chooseNode } from '../install/node.ts';
import { prefixDataDir, pythonPrefix, surroundings, userDataDir } from '../install/paths.ts';
import { UsageError } from './errors.ts';

export interface LocationOptions {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
  name: string;
}

export interface InstallOptions extends LocationOptions {
  displayName: string;
  env?: string[];
}

async function dataDir(options: LocationOptions): Promise<string> {
  if (options.prefix === '') throw new UsageError('--prefix is "", expected a folder');
  if (options.prefix !== undefined) return prefixDataDir(resolve(options.prefix));
  if (!options.sysPrefix) return userDataDir(surroundings());
  const prefix = await pythonPrefix(surroundings());
  if (prefix === undefined) {
    throw new UsageError(
      '--sys-prefix needs an active Python environment (VIRTUAL_ENV, CONDA_PREFIX) or python on PATH',
    );
  }
  return prefixDataDir(prefix);
}

/** `K=V` pairs as an object; the value may hold further equals signs. */
export function parseEnv(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`--env is ${JSON.stringify(pair)}, expected NAME=VALUE`);
      }
      return [name, value];
    }),
  );
}

/** `descent install` */
export async function install(options: InstallOptions): Promise<number> {
  const { main } = program();
  if (!existsSync(main)) throw new UsageError(`${main} is missing: build the program first (npm run build)`);
  if (options.displayName.trim() === '') {
    throw new UsageError(`--display-name is ${JSON.stringify(options.displayName)}, expected a name to show`);
  }
  const node = chooseNode();
  const spec = makeKernelspec(kernelArgv(node.path), options.displayName, parseEnv(options.env ?? []));
  const folder = await writeKernelspec(await dataDir(options), options.name, spec, logosOf(program()));
  process.stdout.write(`installed ${options.displayName} in ${folder}\n`);
  if (!node.stable) {
    process.stderr.write(
      `descent: ${node.path} belongs to one version of Node; after an upgrade run: descent install\n`,
    );
  }
  if (/[\\/]_npx[\\/]/.test(main)) {
    process.stderr.write(
      "descent: this copy is in npx's cache and may be removed; to keep it run: npm install -g descent-kernel && descent install\n",
    );
  }
  return 0;
}

/** `descent uninstall` */
export async function uninstall(options: LocationOptions): Promise<number> {
  const folder = await removeKernelspec(await dataDir(options), options.name, logosOf(program()));
  process.stdout.write(`removed ${folder}\n`);
  return 0;
}
