// Installs native TensorFlow once for all tests and benchmarks, by `descent tensorflow install`, under
// `.cache/tensorflow/`. A wheel that lies in `.cache/tensorflow/wheels/` is taken, else pip fetches one.
// Run by itself it prints one JSON line { folder, data }: the build, and what XDG_DATA_HOME is where it is found.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './machine/lock.mjs';
import { aptInstall, call, onPath, SetupError } from './machine/system.mjs';

const MINUTE = 60_000;
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cache = join(root, '.cache/tensorflow');
const data = join(cache, 'data');
const builds = join(data, 'descent/tensorflow');
const installer = join(root, 'kernel/cli/tensorflow');

/** What a build depends on. */
function digest() {
  const hash = createHash('sha256');
  for (const name of readdirSync(installer).sort()) hash.update(readFileSync(join(installer, name)));
  return hash.digest('hex');
}

function wheel() {
  const folder = join(cache, 'wheels');
  const name = existsSync(folder) && readdirSync(folder).find((each) => each.endsWith('.whl'));
  return name ? ['--from', join(folder, name)] : ['--version', '2.21.0'];
}

function ensureBuild() {
  const stamp = join(cache, 'stamp');
  const wanted = digest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && find()) return;
  if (onPath(['c++', 'g++', 'clang++']) === undefined) aptInstall(['g++'], 'no C++ compiler is on PATH');
  rmSync(stamp, { force: true });
  const main = join(root, 'dist/kernel/main.js');
  const env = { ...process.env, XDG_DATA_HOME: data };
  console.error('Installing native TensorFlow for the tests …');
  const told = call(process.execPath, [main, 'tensorflow', 'install', ...wheel()], 15 * MINUTE, env);
  writeFileSync(join(cache, 'told'), told);
  writeFileSync(stamp, wanted);
}

function find() {
  if (!existsSync(builds)) return undefined;
  const name = readdirSync(builds).find((each) => !each.startsWith('.'));
  return name && join(builds, name);
}

/** The build, `folder`; what XDG_DATA_HOME is where it is found, `data`; and what the command said, `told`. */
export async function nativeTensorflow() {
  return withLock(join(root, '.cache/tensorflow.lock'), 20 * MINUTE, () => {
    ensureBuild();
    return { folder: find(), data, told: readFileSync(join(cache, 'told'), 'utf8') };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(await nativeTensorflow()));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`Native TensorFlow cannot be had: ${error.message}`);
    process.exitCode = 1;
  }
}
