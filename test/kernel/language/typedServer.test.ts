import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { program } from '../../../kernel/client/program.ts';
import { Documents } from '../../../kernel/language/documents.ts';
import { TypedServer } from '../../../kernel/language/typedServer.ts';
import { survivors } from '../support/alive.ts';

const folder = mkdtempSync(join(tmpdir(), 'descent-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

const types = join(dirname(program().main), 'types');
const documents = new Documents();
const lines: string[] = [];
let server: TypedServer;
afterEach(() => server.close());

const start = (idleMs?: number): void => {
  lines.length = 0;
  const log = (line: string): number => lines.push(line);
  server = new TypedServer({ folder, types, documents, log, ...(idleMs === undefined ? {} : { idleMs }) });
};

const hover = async (): Promise<string> => {
  const answer = await server.ask(documents.current('const a = 1'), (ask) =>
    ask.request<{ contents: { value: string } }>('textDocument/hover', {
      position: { line: 1, character: 6 },
    }),
  );
  return answer.contents.value;
};

/** The first answer of a busy machine's server may come too late. */
async function pidOf(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    try {
      expect(await hover()).toContain('const a: 1');
      return server.pid as number;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

describe('the language server', () => {
  it('is not there before a question, and ends when nobody has asked for a while', async () => {
    start(300);
    expect(server.pid).toBeUndefined();
    const pid = await pidOf();
    expect(await survivors([pid])).toEqual([]);
    expect(server.pid).toBeUndefined();
    expect(lines).toEqual([]);
    expect(await pidOf()).not.toBe(pid);
  });

  it('is started again when it was killed; the question in hand fails', async () => {
    start();
    const pid = await pidOf();
    const asked = server.ask(documents.current('let b = 1'), async (ask) => {
      process.kill(pid, 'SIGKILL');
      return ask.request('textDocument/hover', { position: { line: 1, character: 4 } });
    });
    await expect(asked).rejects.toThrow('the language server ended (SIGKILL)');
    expect(lines).toEqual(['the language server ended (SIGKILL)']);
    expect(await pidOf()).not.toBe(pid);
  });

  it('is left alone for a while when it dies ever again', async () => {
    start();
    for (let death = 0; death < 3; death += 1) {
      const pid = await pidOf();
      process.kill(pid, 'SIGKILL');
      expect(await survivors([pid])).toEqual([]);
      await expect.poll(() => server.pid).toBeUndefined();
    }
    await expect(hover()).rejects.toThrow('the language server died too often to be started again');
  });

  it('ends when it is closed, and is not started again', async () => {
    start();
    const pid = await pidOf();
    server.close();
    expect(await survivors([pid])).toEqual([]);
    await expect(hover()).rejects.toThrow('the kernel is shutting down');
  });
});
