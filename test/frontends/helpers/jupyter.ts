import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { processesWith, run } from './process.ts';
import { type FrontEndTools, frontEndTools, root, type Wanted } from './tools.ts';

/** A variable that every process started in a JupyterHome carries, so that leftovers can be counted. */
const MARK = 'DESCENT_TEST_RUN';

/** An empty home folder with our kernel installed in it, and the environment that makes Jupyter use it. */
export interface JupyterHome {
  tools: FrontEndTools;
  folder: string;
  /** Whether it is the home of Notebook 6. */
  classic: boolean;
  /** The folder of `jupyter`. */
  bin: string;
  env: NodeJS.ProcessEnv;
  /** The kernel's program. */
  main: string;
  /** Copies a notebook into the home folder and returns the copy's path. */
  copy(notebook: string): string;
  /** Ids of processes that were started here and still run. */
  leftovers(): number[];
  /** Kills what was started here and still runs, and removes the folder. */
  remove(): void;
}

/** Keeps only what programs need from the test runner's environment. */
function environment(home: string, bin: string, mark: string): NodeJS.ProcessEnv {
  const share = join(home, 'prefix/share/jupyter');
  return {
    PATH: [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    LANG: process.env.LANG ?? 'C.UTF-8',
    ...(process.env.TMPDIR === undefined ? {} : { TMPDIR: process.env.TMPDIR }),
    HOME: home,
    JUPYTER_PATH: share,
    JUPYTER_DATA_DIR: join(home, 'data'),
    JUPYTER_CONFIG_DIR: join(home, 'config'),
    JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
    IPYTHONDIR: join(home, 'ipython'),
    [MARK]: mark,
  };
}

/** The program under test: the build, or `$DESCENT_MAIN` (a packed and installed one). */
function program(): string {
  return process.env.DESCENT_MAIN ?? join(root, 'dist/kernel/main.js');
}

/**
 * Makes an empty home folder and installs the kernel into it with the kernel's own command. With `classic`
 * the programs on its PATH are those of Notebook 6.
 */
export async function jupyterHome(options: Wanted): Promise<JupyterHome> {
  const tools = await frontEndTools(options);
  const folder = mkdtempSync(join(tmpdir(), 'descent-home-'));
  const mark = randomUUID();
  const { classic = false } = options;
  const bin = classic ? tools.classic : tools.bin;
  const env = environment(folder, bin, mark);
  const args = [program(), 'install', '--prefix', join(folder, 'prefix')];
  const installed = await run(process.execPath, args, { env, cwd: folder, limit: 60_000 });
  if (installed.code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`descent install ended with ${installed.code}: ${installed.stderr}`);
  }
  mkdirSync(join(folder, 'work'));
  const leftovers = (): number[] => processesWith(MARK, mark);
  return {
    tools,
    folder,
    classic,
    bin,
    env,
    main: program(),
    leftovers,
    copy(notebook) {
      const path = join(folder, 'work', basename(notebook));
      cpSync(join(root, notebook), path);
      return path;
    },
    remove() {
      for (const id of leftovers()) process.kill(id, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
