import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JupyterHome } from './jupyter.ts';
import { stop, tail } from './process.ts';

/** A running JupyterLab that also serves Notebook 7, or Notebook 6, over the `work` folder of a JupyterHome. */
export interface JupyterServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  token: string;
  log(): string;
  /** Waits, a minute at most, until the notebook's kernel is idle and a page is connected to it. */
  kernelReady(notebook: string): Promise<void>;
  /** Ends every kernel that a page has started. */
  endSessions(): Promise<void>;
  stop(): Promise<void>;
}

/** The part of the server's answer about a session that is used here. */
interface Session {
  id: string;
  path: string;
  kernel: { execution_state: string; connections: number };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

/** Sets what a user sets in JupyterLab; a page that is opened later has it. */
export function labSetting(home: JupyterHome, plugin: string, name: string, value: object): void {
  const folder = join(home.folder, 'settings', plugin);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.jupyterlab-settings`), JSON.stringify(value));
}

/** Settings of a reader who has answered the news question; cells off screen stay in the page. */
function writeSettings(home: JupyterHome): void {
  const quiet = { fetchNews: 'false', checkForUpdates: false, doNotDisturbMode: true };
  labSetting(home, '@jupyterlab/apputils-extension', 'notification', quiet);
  labSetting(home, '@jupyterlab/notebook-extension', 'tracker', { windowingMode: 'none' });
}

function serverArguments(home: JupyterHome, port: number, token: string): string[] {
  const common = ['--no-browser', '--ip=127.0.0.1', `--port=${port}`];
  if (process.getuid?.() === 0) common.push('--allow-root');
  const work = join(home.folder, 'work');
  if (home.classic) {
    const own = [`--NotebookApp.token=${token}`, `--notebook-dir=${work}`, '--NotebookApp.port_retries=0'];
    return ['notebook', ...common, ...own];
  }
  const own = [`--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${work}`];
  return ['lab', ...common, ...own, '--ServerApp.port_retries=0', '--LabApp.extension_manager=readonly'];
}

function launch(home: JupyterHome, port: number, token: string): ChildProcess {
  const env = { ...home.env, JUPYTERLAB_SETTINGS_DIR: join(home.folder, 'settings') };
  return spawn(join(home.bin, 'jupyter'), serverArguments(home, port, token), {
    env,
    cwd: home.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** One call of the server's REST interface. */
async function call(url: string, token: string, method: 'GET' | 'DELETE' = 'GET'): Promise<Response> {
  const signal = AbortSignal.timeout(10_000);
  return await fetch(url, { method, headers: { Authorization: `token ${token}` }, signal });
}

async function sessions(url: string, token: string): Promise<Session[]> {
  return (await (await call(`${url}/api/sessions`, token)).json()) as Session[];
}

async function kernelReady(url: string, token: string, notebook: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const session = (await sessions(url, token)).find((one) => one.path === notebook);
    if (session?.kernel.execution_state === 'idle' && session.kernel.connections > 0) return;
    if (Date.now() > deadline) throw new Error(`no idle kernel for ${notebook}: ${JSON.stringify(session)}`);
    await sleep(250);
  }
}

async function endSessions(url: string, token: string): Promise<void> {
  for (const { id } of await sessions(url, token)) await call(`${url}/api/sessions/${id}`, token, 'DELETE');
}

async function answers(url: string, token: string): Promise<boolean> {
  try {
    return (await call(`${url}/api/kernelspecs`, token)).ok;
  } catch {
    return false;
  }
}

/** Starts the server and waits, two minutes at most, until it answers. */
export async function startJupyter(home: JupyterHome): Promise<JupyterServer> {
  writeSettings(home);
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  const child = launch(home, port, token);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 120_000;
  while (!(await answers(url, token))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new Error(`Jupyter does not answer on ${url}:\n${tail(log)}`);
    }
    await sleep(300);
  }
  return {
    url,
    token,
    log: () => log,
    kernelReady: (notebook) => kernelReady(url, token, notebook),
    endSessions: () => endSessions(url, token),
    stop: () => stop(child),
  };
}
