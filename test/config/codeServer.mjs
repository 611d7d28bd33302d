// Makes VS Code for a browser: code-server from npm under `.cache/code-server/`, whose own lists pin what it
// needs. Prints one JSON line { entry } on stdout, the program for node; everything else goes to stderr.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './machine/lock.mjs';
import { aptInstall, call, onPath, SetupError } from './machine/system.mjs';

// VS Code 1.100; the last line of releases that runs on Node 20.
const VERSION = '4.100.3';
const MINUTE = 60_000;
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, '.cache/code-server');
const server = join(folder, 'node_modules/code-server');
const vscode = join(server, 'lib/vscode');

/** Node's own headers, where it came with them: node-gyp would download them. */
function environment() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  if (!existsSync(join(prefix, 'include/node/node.h'))) return process.env;
  return { ...process.env, npm_config_nodedir: prefix };
}

function npm(cwd, ...args) {
  const quiet = args[0] === 'install' ? ['--no-audit', '--no-fund', '--ignore-scripts'] : [];
  call('npm', [...args, ...quiet], 6 * MINUTE, environment(), cwd);
}

/** Its native modules are compiled, since their scripts would download binaries. */
function ensureCompiler() {
  if (onPath(['g++']) !== undefined && onPath(['make']) !== undefined) return;
  aptInstall(['g++', 'make'], 'g++ and make are not on PATH');
}

function install() {
  ensureCompiler();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The repository's "type": "module" must not reach the scripts in there.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "commonjs" }\n');
  console.error(`Making ${folder} with code-server ${VERSION} …`);
  npm(folder, 'install', '--save-exact', `code-server@${VERSION}`);
  npm(folder, 'rebuild', 'argon2');
  npm(vscode, 'install', '--omit=dev', '--legacy-peer-deps');
  npm(vscode, 'rebuild', '@vscode/spdlog', 'native-watchdog', '@parcel/watcher');
  npm(join(vscode, 'extensions'), 'install', '--omit=dev');
  symlinkSync('node_modules', join(vscode, 'node_modules.asar'));
}

function ensureCodeServer() {
  const stamp = join(folder, 'stamp');
  // Native modules belong to one release of Node.
  const wanted = `${VERSION} ${process.versions.modules}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  install();
  writeFileSync(stamp, wanted);
}

try {
  await withLock(join(root, '.cache/code-server.lock'), 20 * MINUTE, ensureCodeServer);
  console.log(JSON.stringify({ entry: join(server, 'out/node/entry.js') }));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`code-server ${VERSION} cannot be had: ${error.message}`);
  process.exitCode = 1;
}
