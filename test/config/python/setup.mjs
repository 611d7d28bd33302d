// Makes the Jupyter front-ends that the tests drive: `.venv/` with the pinned requirements, and a
// Chromium. Prints one JSON line { python, chromium } on stdout; everything else goes to stderr.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from './chromium.mjs';
import { withLock } from './lock.mjs';
import { aptInstall, call, onPath, SetupError } from './system.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const venv = join(root, '.venv');
const requirements = join(here, 'requirements.txt');
const MINUTE = 60_000;

/** The interpreter the environment is made with; `$PYTHON` overrides `python3`. */
function basePython() {
  const python = process.env.PYTHON ?? onPath(['python3']);
  if (python === undefined) {
    throw new SetupError('python3 is not on PATH: install it (Debian: apt-get install python3 python3-venv)');
  }
  const version = call(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).trim();
  const [major, minor] = version.split('.').map(Number);
  if (major !== 3 || minor < 11) {
    throw new SetupError(`${python} is Python ${version}; the pinned front-ends need 3.11 or later`);
  }
  return { python, version };
}

function ensureVenvModule(python) {
  const probe = ['-c', 'import venv, ensurepip'];
  try {
    call(python, probe);
  } catch {
    aptInstall(['python3-venv'], `${python} has no venv module`);
    call(python, probe);
  }
}

function ensureEnvironment() {
  const { python, version } = basePython();
  const hash = createHash('sha256').update(readFileSync(requirements)).update(version).digest('hex');
  const stamp = join(venv, 'requirements.sha256');
  const installed = join(venv, 'bin/python');
  if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return installed;

  ensureVenvModule(python);
  rmSync(venv, { recursive: true, force: true });
  console.error(`Making .venv with Python ${version} and the pinned Jupyter front-ends …`);
  call(python, ['-m', 'venv', venv], 3 * MINUTE);
  call(
    installed,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    12 * MINUTE,
  );
  // The repository's "type": "module" must not reach the scripts that Python packages bring along.
  writeFileSync(join(venv, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(stamp, hash);
  return installed;
}

try {
  const result = await withLock(join(root, '.cache/python-setup.lock'), 20 * MINUTE, () => ({
    python: ensureEnvironment(),
    chromium: process.argv.includes('--no-browser') ? null : chromiumPath(),
  }));
  console.log(JSON.stringify(result));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`Front-end setup failed: ${error.message}`);
  process.exitCode = 1;
}
