import { type Browser, chromium } from 'playwright-core';

/**
 * Flags for a headless Chromium in a container: no sandbox, no graphics card, nothing in the background, and
 * no host but this one: what a page would fetch from the network fails.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Nothing but this machine is found: what a page fetches from elsewhere fails. */
export const OFFLINE: readonly string[] = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

/** Starts a headless Chromium; ended with `close()`. */
export async function startBrowser(executablePath: string, flags: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    headless: true,
    args: [...FLAGS, ...flags],
    timeout: 60_000,
  });
}
