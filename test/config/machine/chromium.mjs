// Finds a Chromium: $CHROMIUM, PATH, else Debian's package.
import { existsSync } from 'node:fs';
import { aptInstall, onPath, SetupError } from './system.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

export function chromiumPath() {
  const chosen = process.env.CHROMIUM;
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new SetupError(`CHROMIUM is ${chosen}, which does not exist`);
    return chosen;
  }
  const found = onPath(NAMES);
  if (found !== undefined) return found;
  aptInstall(['chromium'], `none of ${NAMES.join(', ')} is on PATH`);
  const installed = onPath(NAMES);
  if (installed === undefined) throw new SetupError('the chromium package installed no chromium on PATH');
  return installed;
}
