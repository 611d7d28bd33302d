import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { program } from '../../../../kernel/client/program.ts';

/** The program of util-linux that makes a pseudo-terminal. */
const SCRIPT = 'script';

const state = mkdtempSync(join(tmpdir(), 'descent-console-'));
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
afterAll(() => rmSync(state, { recursive: true, force: true }));

interface Session {
  type(text: string): void;
  /** Waits for a text that the terminal shows after what was last waited for. */
  sees(text: string): Promise<void>;
  /** The exit code, with all that was shown. */
  ended: Promise<{ code: number | null; shown: string }>;
}

/** `descent console` on a pseudo-terminal. */
function open(): Session {
  const command = `stty cols 80 rows 24; exec '${process.execPath}' '${program().main}' console`;
  const env = {
    ...{ ...process.env, NO_COLOR: '1', XDG_STATE_HOME: state, DESCENT_HISTORY: join(state, 'history') },
    SHELL: '/bin/sh',
  };
  const child = spawn(SCRIPT, ['-qefc', command, '/dev/null'], { env, timeout: 50_000 });
  ends.push(() => child.kill());
  let shown = '';
  let seen = 0;
  let look = (): void => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    look();
  });
  return {
    type: (text) => void child.stdin.write(text),
    sees: (text) =>
      new Promise((resolve) => {
        look = () => {
          const at = shown.indexOf(text, seen);
          if (at < 0) return;
          seen = at + text.length;
          look = () => {};
          resolve();
        };
        look();
      }),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, shown })),
  };
}

describe.skipIf(process.platform !== 'linux')('descent console in a terminal', () => {
  it('joins what is typed before the prompt and after it', async () => {
    const { type, sees, ended } = open();
    await sees('In [1]: ');
    type('console.log("be" + "gun"); await new Promise((done) => setTimeout(done, 300))\r');
    await sees('begun');
    type('const aa');
    await sees('In [2]: ');
    type(' = 40\r');
    await sees('In [3]: ');
    type('aa + 2\r');
    await sees('Out[3]: 42');
    await sees('In [4]: ');
    type('\x04');
    expect((await ended).code).toBe(0);
  });

  it('goes on after Ctrl-D at a question', async () => {
    const { type, sees } = open();
    await sees('In [1]: ');
    type('prompt("name ")\r');
    await sees('name "');
    await sees('name ');
    type('\x04');
    await sees('Out[1]: null');
    await sees('In [2]: ');
    type('6 * 7\r');
    await sees('Out[2]: 42');
  });

  it('says why the kernel ended while it waited, and exits with 1', async () => {
    const { type, sees, ended } = open();
    await sees('In [1]: ');
    type('setTimeout(() => process.kill(process.ppid, "SIGKILL"), 50); 1\r');
    const { code, shown } = await ended;
    expect(shown).toContain('descent: the kernel ended by SIGKILL\r\n');
    expect(code).toBe(1);
  });
});
