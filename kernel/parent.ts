import { isRunning } from './isRunning.ts';

/** How often the parent is looked for, in milliseconds. */
const INTERVAL = 1000;

/** Calls back once when the process that started the kernel (`JPY_PARENT_PID`, else the parent) has gone. */
export function watchParent(gone: () => void): void {
  const given = Number(process.env.JPY_PARENT_PID);
  const initial = process.ppid;
  const pid = Number.isInteger(given) && given > 1 ? given : initial;
  if (pid <= 1) return;
  const timer = setInterval(() => {
    // A process that was adopted has lost its parent, also where the number lives on as a zombie.
    const adopted = pid === initial && process.ppid !== initial;
    if (!adopted && isRunning(pid)) return;
    clearInterval(timer);
    gone();
  }, INTERVAL);
  timer.unref();
}
