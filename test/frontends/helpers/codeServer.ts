import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import type { JupyterHome } from './jupyter.ts';
import { freePort } from './jupyterServer.ts';
import { stop, tail } from './process.ts';
import { setUp } from './tools.ts';

/** VS Code in a browser, over a folder with one notebook. */
export interface CodeServer {
  url: string;
  log(): string;
  stop(): Promise<void>;
}

const FLAGS = [
  ...['--auth', 'none', '--disable-workspace-trust', '--disable-telemetry', '--disable-update-check'],
  '--disable-getting-started-override',
];
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Light Modern',
  'git.enabled': false,
  'typescript.tsserver.experimental.enableProjectDiagnostics': false,
};

function launch(home: JupyterHome, entry: string, port: number): ChildProcess {
  const [user, extensions] = [join(home.folder, 'code/User'), join(home.folder, 'extensions')];
  for (const folder of [user, extensions]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify(SETTINGS));
  const folders = ['--user-data-dir', join(user, '..'), '--extensions-dir', extensions];
  const args = [entry, ...FLAGS, '--bind-addr', `127.0.0.1:${port}`, ...folders];
  return spawn(process.execPath, args, {
    env: home.env,
    cwd: home.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

/** Starts VS Code and waits, a minute at most, until it answers. */
export async function startCodeServer(home: JupyterHome): Promise<CodeServer> {
  const { entry } = JSON.parse(await setUp('codeServer.mjs', [], 'VS Code')) as { entry: string };
  const port = await freePort();
  const child = launch(home, entry, port);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; !(await answers(url)); await sleep(300)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop(child);
    throw new Error(`code-server does not answer on ${url}:\n${tail(log)}`);
  }
  return { url, log: () => log, stop: () => stop(child) };
}

/** Opens a notebook, which is copied into a folder of its own, from the explorer. */
export async function openNotebook(
  page: Page,
  server: CodeServer,
  home: JupyterHome,
  file: string,
): Promise<void> {
  const folder = join(home.folder, 'opened');
  mkdirSync(folder);
  cpSync(file, join(folder, 'notebook.ipynb'));
  await page.goto(`${server.url}/?folder=${folder}`, { timeout: 60_000 });
  const entry = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'notebook.ipynb' });
  await entry.waitFor({ timeout: 60_000 });
  const cells = page.locator('.notebook-editor .cell-list-container').first();
  // The first double click may come before the extension that reads notebooks.
  for (let tries = 0; tries < 10; tries++) {
    await entry.dblclick();
    const opened = await cells.waitFor({ state: 'attached', timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (opened) return;
  }
  throw new Error(`VS Code does not open ${file}:\n${tail(server.log())}`);
}

/** Waits, a minute at most, for the frame with the outputs of `count` cells. */
export async function outputFrame(page: Page, count: number): Promise<Frame> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    let most = 0;
    for (const frame of page.frames()) {
      const found = await frame
        .locator('.cell_container .output_container')
        .count()
        .catch(() => 0);
      if (found >= count) return frame;
      most = Math.max(most, found);
    }
    if (Date.now() > deadline) throw new Error(`VS Code shows the outputs of ${most} cells, not of ${count}`);
    await sleep(300);
  }
}
