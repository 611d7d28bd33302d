// A virtual environment with pinned requirements, made anew when they or the interpreter change.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, call, onPath, SetupError } from '../machine/system.mjs';

const MINUTE = 60_000;

/** The interpreter the environments are made with; `$PYTHON` overrides `python3`. */
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

/** Makes `folder` with what the file `requirements` pins, unless it is there; returns its interpreter. */
export function ensureEnvironment(folder, requirements) {
  const { python, version } = basePython();
  const hash = createHash('sha256').update(readFileSync(requirements)).update(version).digest('hex');
  const stamp = join(folder, 'requirements.sha256');
  const installed = join(folder, 'bin/python');
  if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return installed;

  ensureVenvModule(python);
  rmSync(folder, { recursive: true, force: true });
  console.error(`Making ${folder} with Python ${version} and pinned Jupyter front-ends …`);
  call(python, ['-m', 'venv', folder], 3 * MINUTE);
  call(
    installed,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    12 * MINUTE,
  );
  // The repository's "type": "module" must not reach the scripts that Python packages bring along.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(stamp, hash);
  return installed;
}
