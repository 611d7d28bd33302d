import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../../../kernel/client/program.ts';
import { kernels, resultOf } from '../support/kernels.ts';

const set = kernels();
const installed = mkdtempSync(join(tmpdir(), 'descent-installed-'));
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** The kernel as it is installed where optional dependencies are left out: without the compiler's program. */
function installWithoutServer(): string {
  const { root } = program();
  for (const name of ['package.json', 'dist']) {
    cpSync(join(root, name), join(installed, name), { recursive: true });
  }
  mkdirSync(join(installed, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const [from, to] = [root, installed].map((folder) => join(folder, 'node_modules', name)) as [
      string,
      string,
    ];
    if (name === 'typescript') cpSync(from, to, { recursive: true });
    else if (name !== '@typescript' && !name.startsWith('.')) symlinkSync(from, to, 'junction');
  }
  return join(installed, 'dist', 'kernel', 'main.js');
}

describe('a kernel without the language server', () => {
  it('answers from the runtime, checks no types and says why', async () => {
    const main = installWithoutServer();
    const client = await set.start({ argv: [process.execPath, main, 'kernel', '{connection_file}'] });
    await resultOf(client, 'const shape = { second: 1 }; 0');
    for (let asked = 0; asked < 5; asked += 1) {
      expect((await client.complete('shape.sec')).matches).toEqual(['second']);
    }
    expect(await client.inspect('shape')).toMatchObject({ found: true });
    await client.execute('%typecheck error');
    expect(await resultOf(client, 'let a: number = "text"; a')).toBe("'text'");
    const exit = await client.shutdown();
    const said = exit?.stderr.split('\n').filter((line) => line.includes('the language server is missing'));
    expect(said).toEqual([
      expect.stringContaining(`@typescript/typescript-${process.platform}-${process.arch}`),
      expect.stringContaining('no types for 60 s'),
    ]);
  });
});
