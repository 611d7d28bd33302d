import { appendFileSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../install/folders.ts';
import { replaceFile } from '../files.ts';

const KEPT = 1000;

/** `$XDG_STATE_HOME/descent/console_history`; on Windows below LOCALAPPDATA. */
export function historyFile(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const local = platform === 'win32' ? env.LOCALAPPDATA : undefined;
  const state = env.XDG_STATE_HOME || local || join(home, '.local', 'state');
  return join(state, 'descent', 'console_history');
}

/** The lines typed in earlier sessions, readable by this user alone. Without a disk it just forgets. */
export class History {
  readonly #file: string;

  constructor(file: string = historyFile()) {
    this.#file = file;
  }

  /** Newest first, as readline wants them. */
  load(): string[] {
    try {
      const lines = readFileSync(this.#file, 'utf8').split('\n');
      const kept = lines.filter((line) => line !== '').slice(-KEPT);
      if (lines.length > 2 * KEPT) {
        replaceFile(this.#file, `${kept.join('\n')}\n`, 0o600).catch(() => {});
      }
      return kept.reverse();
    } catch {
      return [];
    }
  }

  add(line: string): void {
    if (line.trim() === '') return;
    try {
      makeFolder(dirname(this.#file), 0o700);
      appendFileSync(this.#file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A read-only home folder is no reason to end the session.
    }
  }
}
