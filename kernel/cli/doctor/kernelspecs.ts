import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { isOurs, type Kernelspec, readKernelspec } from '../../install/kernelspec.ts';
import { findProgram } from './programs.ts';
import type { Finding } from './types.ts';

export interface Installed {
  name: string;
  folder: string;
  spec: Kernelspec;
  ours: boolean;
  /** The file of its argv that is not there. */
  missing?: string;
}

function missingFile(spec: Kernelspec, ours: boolean): string | undefined {
  const [program, main] = spec.argv;
  if (program === undefined) return '(argv is empty)';
  if (isAbsolute(program) ? !existsSync(program) : findProgram(program) === undefined) return program;
  return ours && main !== undefined && !existsSync(main) ? main : undefined;
}

/** All kernelspecs in the folders, in Jupyter's order. */
export async function findKernelspecs(dirs: readonly string[]): Promise<Installed[]> {
  const found: Installed[] = [];
  for (const dir of dirs) {
    const names = existsSync(dir) ? readdirSync(dir) : [];
    for (const name of names) {
      const folder = join(dir, name);
      const spec = await readKernelspec(folder);
      if (!spec) continue;
      const ours = isOurs(spec);
      const missing = missingFile(spec, ours);
      found.push({ name, folder, spec, ours, ...(missing === undefined ? {} : { missing }) });
    }
  }
  return found;
}

function reinstall({ name, folder }: Installed): string {
  const prefix = /^(.*)[\\/]share[\\/]jupyter[\\/]kernels[\\/][^\\/]+$/.exec(folder)?.[1];
  const isUser = prefix === undefined || prefix.endsWith('.local');
  return `descent install${isUser ? '' : ` --prefix ${prefix}`}${name === 'descent' ? '' : ` --name ${name}`}`;
}

/** What the kernelspecs mean for this program, installed at `main`. */
export function judgeKernelspecs(found: readonly Installed[], main: string): Finding[] {
  const findings = found.map((one): Finding => {
    const text = `${one.name} (${one.spec.display_name}) in ${one.folder}`;
    const topic = 'Kernelspec';
    if (one.missing !== undefined) {
      const broken = `${text}: ${one.missing} is missing`;
      if (!one.ours) return { topic, status: 'note', text: broken };
      return { topic, status: 'problem', text: broken, fix: reinstall(one) };
    }
    if (one.ours && one.spec.argv[1] !== main) {
      return { topic, status: 'note', text: `${text}: starts another installation, ${one.spec.argv[1]}` };
    }
    return { topic, status: 'ok', text };
  });
  if (found.some((one) => one.ours)) return findings;
  return [
    ...findings,
    {
      topic: 'Kernelspec',
      status: 'problem',
      text: 'Jupyter does not know this kernel',
      fix: 'descent install',
    },
  ];
}
