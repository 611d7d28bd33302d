import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  parent: number;
  command: string;
}

/** All processes. Linux only. */
function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      found.set(Number(name), { parent, command });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** The language servers below a process. Linux only. */
export function languageServers(ancestor: number | undefined): number[] {
  const all = processes();
  const isBelow = (pid: number): boolean =>
    pid === ancestor || (pid > 1 && isBelow(all.get(pid)?.parent ?? 0));
  return [...all]
    .filter(([pid, { command }]) => command.includes('--lsp') && isBelow(pid))
    .map(([pid]) => pid);
}
