// Fetches from npm what pages of nbconvert load from the network to show widgets: ipywidgets' manager and the
// loader of modules that it is for. Prints one JSON line { manager, require } on stdout, the two files.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './machine/lock.mjs';
import { call, SetupError } from './machine/system.mjs';

const MINUTE = 60_000;
const cache = join(dirname(fileURLToPath(import.meta.url)), '../../.cache');
const folder = join(cache, 'html-manager');

/** Unpacks one package, without those that it depends on: the file that is wanted holds them. */
function ensurePackage(name, version, file) {
  const target = join(folder, `${name.split('/').at(-1)}-${version}`);
  const wanted = join(target, 'package', file);
  if (existsSync(wanted)) return wanted;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "commonjs" }\n');
  const packed = call('npm', ['pack', '--silent', `${name}@${version}`], 3 * MINUTE, process.env, target);
  call('tar', ['-xzf', packed.trim().split('\n').at(-1)], MINUTE, process.env, target);
  if (!existsSync(wanted)) throw new SetupError(`${name} ${version} has no file ${file}`);
  return wanted;
}

try {
  const result = await withLock(join(cache, 'html-manager.lock'), 5 * MINUTE, () => ({
    manager: ensurePackage('@jupyter-widgets/html-manager', '1.0.15', 'dist/embed-amd.js'),
    require: ensurePackage('requirejs', '2.3.8', 'require.js'),
  }));
  console.log(JSON.stringify(result));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`The widgets of nbconvert's pages cannot be had: ${error.message}`);
  process.exitCode = 1;
}
