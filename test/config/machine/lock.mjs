// A lock between processes: several test files may ask for the environment at the same time.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './system.mjs';

/** Whether the process that wrote the lock is gone. */
function abandoned(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Runs `action` while this process alone holds `file`; waits at most `limit` milliseconds for it. */
export async function withLock(file, limit, action) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + limit;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (abandoned(file)) rmSync(file, { force: true });
      else if (Date.now() > deadline) throw new SetupError(`${file} has been held for ${limit / 1000} s`);
      else await sleep(200);
    }
  }
  try {
    return action();
  } finally {
    rmSync(file, { force: true });
  }
}
