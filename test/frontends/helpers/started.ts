import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startBrowser } from './browser.ts';
import { type JupyterHome, jupyterHome } from './jupyter.ts';
import { type JupyterServer, startJupyter } from './jupyterServer.ts';
import { SETUP_LIMIT } from './tools.ts';

/** What the tests of a file share. */
export interface Started {
  home: JupyterHome;
  server: JupyterServer;
  browser: Browser;
}

/**
 * Starts a Jupyter with this kernel and a browser before the tests of a file, and ends both after them.
 *
 * @param take is given them before the first test
 * @param options `classic` for Notebook 6 in place of JupyterLab and Notebook 7
 */
export function startedJupyter(
  take: (started: Started) => void,
  { classic = false }: { classic?: boolean } = {},
): void {
  const started: Partial<Started> = {};

  beforeAll(async () => {
    const home = await jupyterHome({ browser: true, ...(classic ? { classic } : {}) });
    started.home = home;
    const server = await startJupyter(home);
    started.server = server;
    const browser = await startBrowser(home.tools.chromium);
    started.browser = browser;
    take({ home, server, browser });
  }, SETUP_LIMIT);

  afterAll(async () => {
    // A test may have stopped the server, or it may be gone: the rest is to end all the same.
    await started.server?.endSessions().catch(() => {});
    await started.browser?.close();
    await started.server?.stop();
    started.home?.remove();
  }, 60_000);
}
