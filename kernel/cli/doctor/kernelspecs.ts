import { existsSync, readdirSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isOurFolder, isOurs, type Kernelspec, logosOf, readKernelspec } from '../../install/kernelspec.ts';
import { errorLine } from '../errors.ts';
import { installCommand, quote } from './advice.ts';
import { findProgram, isExecutable } from './programs.ts';
import type { Finding } from './types.ts';

const topic = 'Kernelspec';

export interface Installed {
  name: string;
  folder: string;
  displayName?: string;
  /** The program that its argv starts. */
  main?: string | undefined;
  ours: boolean;
  /** Why it cannot be used. */
  defect?: string | undefined;
}

/** This program, as far as kernelspecs have to do with it. */
export interface Self {
  root: string;
  main: string;
  /** How it is called from a shell. */
  command: string;
}

function defectOf({ argv }: Kernelspec, ours: boolean): string | undefined {
  const [program = '', main] = argv;
  if (!isAbsolute(program)) return findProgram(program) ? undefined : `${program} is missing`;
  if (!existsSync(program)) return `${program} is missing`;
  if (!isExecutable(program)) return `${program} is not executable`;
  return ours && main !== undefined && !existsSync(main) ? `${main} is missing` : undefined;
}

async function inspect(folder: string, name: string, logos: string): Promise<Installed | undefined> {
  try {
    const spec = await readKernelspec(folder);
    const ours = isOurs(spec);
    const defect = defectOf(spec, ours);
    return { name, folder, displayName: spec.display_name, main: spec.argv[1], ours, defect };
  } catch (error) {
    const ours = isOurFolder(folder, logos);
    if (!ours && !existsSync(join(folder, 'kernel.json'))) return undefined;
    return { name, folder, ours, defect: errorLine(error) };
  }
}

/** The names in a folder, or why it cannot be read. One that is not there is empty. */
function list(dir: string): string[] | NodeJS.ErrnoException {
  try {
    return readdirSync(dir);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : (error as NodeJS.ErrnoException);
  }
}

/** All kernelspecs in the folders, in Jupyter's order; of other kernels' folders only those with a kernel.json. */
export async function findKernelspecs(dirs: readonly string[], self: Self): Promise<Installed[]> {
  const found: Installed[] = [];
  for (const dir of dirs) {
    const names = list(dir);
    if (names instanceof Error) continue;
    for (const name of names) {
      const one = await inspect(join(dir, name), name, logosOf(self));
      if (one) found.push(one);
    }
  }
  return found;
}

/** The folders of kernelspecs that cannot be read. */
export function judgeFolders(dirs: readonly string[]): Finding[] {
  return dirs.flatMap((dir): Finding[] => {
    const error = list(dir);
    if (!(error instanceof Error)) return [];
    const isFile = error.code === 'ENOTDIR' && existsSync(dir);
    const place = isFile || error.code !== 'ENOTDIR' ? dir : dirname(dir);
    const fix =
      error.code === 'ENOTDIR' ? `mv ${quote(place)} ${quote(`${place}.old`)}` : `chmod u+rwx ${quote(dir)}`;
    return [{ topic, status: 'problem', text: `${dir} cannot be read: ${error.message}`, fix }];
  });
}

/** What the kernelspecs mean for this program. */
export function judgeKernelspecs(found: readonly Installed[], self: Self): Finding[] {
  const findings = found.map((one): Finding => {
    const title = one.displayName === undefined ? one.name : `${one.name} (${one.displayName})`;
    const text = `${title} in ${one.folder}`;
    if (one.defect !== undefined) {
      const broken = `${text}: ${one.defect}`;
      if (!one.ours) return { topic, status: 'note', text: broken };
      return { topic, status: 'problem', text: broken, fix: installCommand(self.command, one.folder) };
    }
    if (one.ours && one.main !== self.main) {
      return { topic, status: 'note', text: `${text}: starts another installation, ${one.main}` };
    }
    return { topic, status: 'ok', text };
  });
  if (found.some((one) => one.ours)) return findings;
  const fix = `${self.command} install`;
  return [...findings, { topic, status: 'problem', text: 'Jupyter does not know this kernel', fix }];
}
