import { endGroups } from './magics/groups.ts';

// As it is before anything waits in it for text that nobody reads any more.
const kill = process.kill.bind(process);

/** Ends this process and all that it started: it leads a process group of its own, and commands have others. */
export function endGroup(): void {
  endGroups();
  try {
    kill(-process.pid, 'SIGKILL');
  } catch {
    kill(process.pid, 'SIGKILL');
  }
}
