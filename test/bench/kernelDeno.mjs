// Finds Deno and installs its kernel.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

function runnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The binary inside the npm package, which is there also when its install script was not run. */
function fromPackage() {
  const require = createRequire(import.meta.url);
  try {
    const platforms = join(dirname(require.resolve('deno/package.json')), '../@deno');
    return readdirSync(platforms)
      .map((name) => join(platforms, name, 'deno'))
      .find(runnable);
  } catch {
    return undefined;
  }
}

/** $DENO, PATH, or the npm package `deno`. */
export function denoPath() {
  if (process.env.DENO) {
    if (!runnable(process.env.DENO)) throw new Error(`DENO is ${process.env.DENO}, which cannot be run`);
    return process.env.DENO;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'deno')).find(runnable) ?? fromPackage();
}

/** Writes Deno's kernelspec under the home folder of `env`. */
export function installDeno(deno, env) {
  execFileSync(deno, ['jupyter', '--install', '--force'], { env, stdio: 'ignore', timeout: 60_000 });
}
