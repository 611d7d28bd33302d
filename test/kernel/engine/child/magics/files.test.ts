import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { kernels, plainResultOf, printed } from '../../../support/kernels.ts';

const set = kernels();
let client: KernelClient;

beforeAll(async () => {
  client = await set.start();
});

describe('files', () => {
  it('are written, appended to and loaded', async () => {
    expect((await printed(client, '%%writefile written.ts\nexport const two = 2;')).stdout).toBe(
      'Writing written.ts\n',
    );
    expect((await printed(client, '%%writefile -a written.ts\n!not a command\n')).stdout).toBe(
      'Appending to written.ts\n',
    );
    const path = join(set.folder, 'written.ts');
    expect(readFileSync(path, 'utf8')).toBe('export const two = 2;\n!not a command\n');
    expect((await printed(client, 'const file = "written.ts"\n%ls $file')).stdout).toBe('written.ts\n');
    expect((await printed(client, '%%writefile {file}\nexport const two: number = 2;\n// end')).stdout).toBe(
      'Overwriting written.ts\n',
    );
    expect(await plainResultOf(client, "import { two } from './written.ts'\ntwo")).toBe('2');
    const loaded = await client.execute('%load -r 2 written.ts', { timeout: 20_000 });
    expect(loaded.reply.payload).toEqual([
      { source: 'set_next_input', text: '// %load -r 2 written.ts\n// end', replace: true },
    ]);
    writeFileSync(join(set.folder, 'a b.ts'), '1');
    expect((await client.execute('%load "a b.ts"', { timeout: 20_000 })).reply.payload).toMatchObject([
      { text: '// %load "a b.ts"\n1' },
    ]);
  });

  it.each([
    ['%%writefile none/a.ts\n1', 'there is no folder'],
    ['%%writefile\n1', '%%writefile needs a file'],
    ['%load', '%load needs a file'],
    ['%load none.ts', '%load none.ts: there is no such file'],
    ['%load -r x written.ts', '%load -r x: expected the numbers of lines'],
  ])('%j', async (code, message) => {
    await expect(printed(client, code)).rejects.toThrow(message);
  });
});
