import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { ansiToHtml, ansiToText } from '../../../kernel/page/ansi.ts';
import { startBrowser } from '../helpers/browser.ts';
import { type JupyterHome, jupyterHome } from '../helpers/jupyter.ts';
import { SETUP_LIMIT } from '../helpers/tools.ts';
import { CASES } from './cases.ts';
import { describeGallery } from './describe.ts';
import { writeGallery } from './files.ts';

/** The program of util-linux that makes a pseudo-terminal. */
const SCRIPT = 'script';

let home: JupyterHome;
let browser: Browser;

beforeAll(async () => {
  home = await jupyterHome({ browser: true });
  browser = await startBrowser(home.tools.chromium);
}, SETUP_LIMIT);

afterAll(async () => {
  await browser?.close();
  home?.remove();
}, 60_000);

/** A cell as it can be typed: the line's end would run it. */
const oneLine = (source: string): string => source.trim().replace(/\s*\n\s*/g, ' ');

/** What the terminal shows from the end of each typed line to the next prompt. */
async function session(lines: readonly string[]): Promise<string[]> {
  // So wide that no line that is typed is wrapped.
  const command = `stty cols 5000 rows 50; exec '${process.execPath}' '${home.main}' console`;
  const env = {
    ...home.env,
    SHELL: '/bin/sh',
    TERM: 'xterm-256color',
    DESCENT_HISTORY: join(home.folder, 'h'),
  };
  const child = spawn(SCRIPT, ['-qefc', command, '/dev/null'], {
    env,
    cwd: join(home.folder, 'work'),
    timeout: 240_000,
  });
  let shown = '';
  let look = (): void => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    look();
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`descent console has ended:\n${shown.slice(-2000)}`);
  });
  const outputs: string[] = [];
  const prompt = (number: number): Promise<number> =>
    new Promise((resolve) => {
      look = () => {
        const at = shown.lastIndexOf(`In [${number}]: `);
        if (at >= 0) resolve(at);
      };
      look();
    });
  await Promise.race([ended, prompt(1)]);
  for (const [index, line] of lines.entries()) {
    const from = shown.length;
    child.stdin.write(`${line}\r`);
    const to = await Promise.race([ended, prompt(index + 2)]);
    outputs.push(shown.slice(from, to));
  }
  ended.catch(() => {});
  child.stdin.end('\x04');
  await once(child, 'close');
  return outputs;
}

/** The echo of what was typed is one line, the first. */
function withoutEcho(text: string): string {
  return text.slice(text.indexOf('\r\n') + 2).replace(/\s+$/, '');
}

const STYLE = `body { margin: 0 } pre { margin: 0 0 20px; padding: 8px; width: 80ch; background: #fff; color: #222;
  font: 14px/1.25 "DejaVu Sans Mono", monospace; overflow: hidden }`;

describeGallery({
  name: 'console',
  text: true,
  show: async () => {
    writeGallery(home);
    const outputs = (await session(CASES.map(({ source }) => oneLine(source)))).map(withoutEcho);
    const page = await browser.newPage({ viewport: { width: 800, height: 1000 } });
    const cells = outputs.map((text) => `<pre>${ansiToHtml(text)}</pre>`);
    await page.setContent(`<!doctype html><style>${STYLE}</style>${cells.join('')}`);
    return {
      page,
      output: async (index) => page.locator('pre').nth(index),
      errors: async () => outputs.map(ansiToText).filter((text) => /^\w*(Error|Exception)\b/m.test(text)),
    };
  },
});
