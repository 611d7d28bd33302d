import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process lives. A zombie that a container's first process does not reap counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** Those of the processes that still live after `timeout` ms. */
export async function survivors(pids: readonly number[], timeout = 10_000): Promise<number[]> {
  const end = Date.now() + timeout;
  let left = pids.filter(isAlive);
  while (left.length > 0 && Date.now() < end) {
    await sleep(20);
    left = left.filter(isAlive);
  }
  return left;
}

/** Resident memory of a process in MiB. Linux only. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}
