// Makes the Jupyter front-ends that the tests drive: `.venv/` with the pinned requirements, with --classic
// `.cache/classic/` with Notebook 6 as well, and a Chromium unless --no-browser is given. Prints one JSON
// line { python, classic, chromium } on stdout, null for what was not asked for; all else goes to stderr.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from '../machine/chromium.mjs';
import { withLock } from '../machine/lock.mjs';
import { SetupError } from '../machine/system.mjs';
import { ensureEnvironment } from './environment.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const asked = (flag) => process.argv.includes(flag);

try {
  const result = await withLock(join(root, '.cache/python-setup.lock'), 20 * 60_000, () => ({
    python: ensureEnvironment(join(root, '.venv'), join(here, 'requirements.txt')),
    classic: asked('--classic')
      ? ensureEnvironment(join(root, '.cache/classic'), join(here, 'requirements-classic.txt'))
      : null,
    chromium: asked('--no-browser') ? null : chromiumPath(),
  }));
  console.log(JSON.stringify(result));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`Front-end setup failed: ${error.message}`);
  process.exitCode = 1;
}
