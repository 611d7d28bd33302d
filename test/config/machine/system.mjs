// Calls to the system's own programs, each bounded in time.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A failure that the message alone explains. */
export class SetupError extends Error {}

/** Runs a program and returns its stdout; its stderr is shown only when it fails. */
export function call(program, args, timeout = 60_000, env = process.env, cwd = process.cwd()) {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      timeout,
      env,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    const reason =
      error.code === 'ETIMEDOUT'
        ? `took longer than ${timeout / 1000} s`
        : String(error.stderr || error.message).trim();
    throw new SetupError(`${program} ${args.slice(0, 3).join(' ')} …: ${reason.slice(-2000)}`);
  }
}

/** The full path of the first of these programs that PATH has. */
export function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const candidate = join(folder, name);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {}
    }
  }
  return undefined;
}

/** Installs Debian packages when that is possible, else says what to type. */
export function aptInstall(packages, problem) {
  const advice = `apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || onPath(['apt-get']) === undefined) {
    throw new SetupError(`${problem}: install it (Debian, as root: ${advice})`);
  }
  console.error(`${problem}: ${advice} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  call('apt-get', ['update', '-q'], 300_000, env);
  call('apt-get', ['install', '-y', '--no-install-recommends', ...packages], 900_000, env);
}
