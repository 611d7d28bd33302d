import { dirname, join } from 'node:path';
import { installCommand } from './advice.ts';
import type { Installed } from './kernelspecs.ts';
import { type Answer, ask, findProgram } from './programs.ts';
import type { Finding } from './types.ts';

const FRONT_ENDS = ['jupyter', 'jupyter-lab', 'jupyter-notebook'] as const;

/** Versions of the front-ends on PATH. */
export async function checkFrontEnds(): Promise<Finding[]> {
  const findings = await Promise.all(
    FRONT_ENDS.map(async (name): Promise<Finding | undefined> => {
      const path = findProgram(name);
      if (path === undefined) return undefined;
      const answer = await ask(path, ['--version']);
      if (!answer.ok) {
        const text = `${path} does not run: ${answer.problem}`;
        const fix = `reinstall it in its Python environment, or take ${dirname(path)} off PATH`;
        return { topic: 'Jupyter', status: 'problem', text, fix };
      }
      // `jupyter --version` lists every part, one a line.
      const core = /^jupyter_core\s*:\s*(\S+)/m.exec(answer.stdout)?.[1];
      const version = core ?? answer.stdout.split('\n')[0];
      return { topic: 'Jupyter', status: 'ok', text: `${name} ${version} (${path})` };
    }),
  );
  const present = findings.filter((finding) => finding !== undefined);
  if (present.length > 0) return present;
  return [
    {
      topic: 'Jupyter',
      status: 'note',
      text: 'no jupyter on PATH; descent run and descent console work without, VS Code finds the kernelspec itself',
      fix: 'pip install jupyterlab',
    },
  ];
}

/** The folders that the Jupyter on PATH looks for data in; empty when it does not say. */
export async function jupyterKernelDirs(): Promise<string[]> {
  const path = findProgram('jupyter');
  if (path === undefined) return [];
  return parsePaths(await ask(path, ['--paths', '--json']));
}

export function parsePaths(answer: Pick<Answer, 'ok' | 'stdout'>): string[] {
  if (!answer.ok) return [];
  try {
    const { data } = JSON.parse(answer.stdout) as { data?: unknown };
    return Array.isArray(data) ? data.map((folder) => join(String(folder), 'kernels')) : [];
  } catch {
    return [];
  }
}

/** Whether the Jupyter on PATH looks where this kernel is installed. */
export function judgeVisibility(
  found: readonly Installed[],
  dirs: readonly string[],
  command: string,
): Finding[] {
  const ours = found.filter((one) => one.ours && one.defect === undefined);
  if (dirs.length === 0 || ours.length === 0) return [];
  const seen = ours.filter((one) => dirs.includes(dirname(one.folder)));
  if (seen.length > 0) {
    const names = seen.map((one) => one.name).join(', ');
    return [{ topic: 'Jupyter', status: 'ok', text: `sees the kernelspec ${names}` }];
  }
  const text = `does not look in ${dirname(ours[0]!.folder)}; it looks in ${dirs.join(', ')}`;
  const fix = installCommand(command, join(dirs[0]!, 'descent'));
  return [{ topic: 'Jupyter', status: 'problem', text, fix }];
}
