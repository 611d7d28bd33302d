// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cells hold templates

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelClient } from '../../../../../kernel/client/client.ts';
import { survivors } from '../../../support/alive.ts';
import { kernels, plainResultOf, printed, streamText } from '../../../support/kernels.ts';
import type { Probe } from '../../../support/probe.ts';

const set = kernels();
let client: KernelClient;
let probe: Probe;

beforeAll(async () => {
  client = await set.start();
  probe = await set.probe(client);
  await client.execute('0', { timeout: 30_000 });
});

describe('a shell command', () => {
  it('prints between what the cell prints', async () => {
    const code = 'console.log(1)\n!echo 2; echo 3 >&2; echo 4\nconsole.log(5)\n!echo 6';
    const { stdout, stderr } = await printed(client, code);
    expect(stdout).toBe('1\n2\n4\n5\n6\n');
    expect(stderr).toBe('3\n');
  });

  it('streams while it runs', async () => {
    const cell = probe.send('shell', 'execute_request', { code: '!echo first; sleep 60' });
    await probe.until('the first line', () => probe.published('stream', cell)[0]);
    expect(probe.replyTo(cell)).toBeUndefined();
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(cell)).content).toMatchObject({ ename: 'Interrupted' });
    expect(await plainResultOf(client, '1 + 1')).toBe('2');
  });

  it('ends with all that it started when it is interrupted, also where it takes no notice', async () => {
    const code = `!trap '' INT; echo $$$$; sleep 61 & echo $!; wait`;
    const cell = probe.send('shell', 'execute_request', { code });
    const pids = await probe.until('two numbers', () => {
      const text = streamText(
        probe.published('stream', cell).map(({ content }) => ({ output_type: 'stream', ...content })),
        'stdout',
      );
      const lines = text.split('\n');
      return lines.length > 2 && lines.slice(0, 2).map(Number);
    });
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(cell)).content).toMatchObject({ ename: 'Interrupted' });
    expect(await survivors(pids)).toEqual([]);
    expect(await plainResultOf(client, '2')).toBe('2');
  });

  it('leaves its exit code, which is no error of the cell', async () => {
    expect(await printed(client, '!exit 3')).toEqual({ stdout: '', stderr: 'exit code 3\n' });
    expect(await plainResultOf(client, '_exit_code')).toBe('3');
    expect(await printed(client, '!exit 0')).toEqual({ stdout: '', stderr: '' });
    expect(await plainResultOf(client, '_exit_code')).toBe('0');
    expect((await printed(client, '!kill -9 $$$$')).stderr).toBe('exit code 137\n');
  });

  it('that is not found says so', async () => {
    const { stderr } = await printed(client, '!no-such-command-here');
    expect(stderr).toMatch(/no-such-command-here.*not found\nexit code 127\n$/);
  });

  it('has no input', async () => {
    expect((await printed(client, '!cat; echo end')).stdout).toBe('end\n');
  });

  it('may leave something in the background, which ends with the runtime', async () => {
    const { stdout } = await printed(client, '!sleep 62 & echo $!');
    const pid = Number(stdout);
    expect(await survivors([pid], 0)).toEqual([pid]);
    await client.execute('process.kill(process.pid, "SIGKILL")', { timeout: 20_000 });
    expect(await survivors([pid])).toEqual([]);
    expect(await plainResultOf(client, '3')).toBe('3');
  });

  it.each([
    ['shutdown', (kernel: KernelClient) => kernel.shutdown()],
    ['the death of the host', (kernel: KernelClient) => kernel.kill()],
  ])('ends with %s', async (_name, end) => {
    const own = await set.start();
    const { outputs: all } = await own.execute('!sleep 64 & echo $!\n!sleep 65 & echo $!', {
      timeout: 30_000,
    });
    const pids = streamText(all, 'stdout').trim().split('\n').map(Number);
    expect(await survivors(pids, 0)).toEqual(pids);
    await end(own);
    expect(await survivors(pids)).toEqual([]);
  });

  it.each([
    ['!echo "héllo 😀"', 'héllo 😀\n'],
    ["!echo it's fine'", "it's fine\n".replace("'", '')],
    ['!printf "%s\\n" a \\\n  b', 'a\nb\n'],
    ["!echo 'a b' | awk '{print $2}'", 'b\n'],
    ['!echo {a,b}{1..2}', 'a1 a2 b1 b2\n'],
    ['!X=1; echo $X ${X} ${X:-2} $((X + 1))', '1 1 1 2\n'],
    ['!echo $(echo in)', 'in\n'],
    ['!echo "<a@b>: `echo x`"', '<a@b>: x\n'],
    ['const who = "Ada"\n!echo $who ${who} {who} $$who', 'Ada Ada Ada\n'],
    ['const list = ["a", "b"]\n!echo {list} ${list.length + 1} ${`x${list[0]}`}', 'a b 3 xa\n'],
    [
      'const n = 2\n!echo \\\n  ${n} \\\n  {n}\nconsole.log(new Error().stack?.match(/:(\\d+):/)?.[1])',
      '2 2\n5\n',
    ],
  ])('%j', async (code, stdout) => {
    expect((await printed(client, code)).stdout).toBe(stdout);
  });

  it('runs in blocks, and before the imports below it', async () => {
    const loop = 'for (const n of [1, 2]) {\n  if (n > 0) {\n    !echo n $n\n  }\n}';
    expect((await printed(client, loop)).stdout).toBe('n 1\nn 2\n');
    const made = '!echo "export const made = 7;" > made.ts\nimport { made } from "./made.ts"\nmade';
    expect(await plainResultOf(client, made)).toBe('7');
    expect(
      await plainResultOf(
        client,
        'async function count() {\n  const out = !echo a; echo b\n  return out.length\n}\nawait count()',
      ),
    ).toBe('2');
  });

  it('prints a lot', async () => {
    const { stdout } = await printed(client, '!seq 1 200000');
    expect(stdout.split('\n').length).toBe(200_001);
    expect(stdout.endsWith('199999\n200000\n')).toBe(true);
  });

  it('runs where %cd went, and cd alone is explained', async () => {
    mkdirSync(join(set.folder, 'below'), { recursive: true });
    writeFileSync(join(set.folder, 'below', 'here.txt'), '');
    expect((await printed(client, '%cd below\n!ls')).stdout).toMatch(/below\nhere\.txt\n$/);
    expect((await printed(client, '!cd ..')).stderr).toContain('%cd ..');
    expect((await printed(client, '%cd -\n!pwd')).stdout).not.toContain('below');
    await expect(printed(client, '%cd no-such-folder')).rejects.toThrow(
      'UsageError: %cd no-such-folder: there is no such folder',
    );
  });

  it('is in its lines when it is assigned', async () => {
    expect(await plainResultOf(client, 'const files = !printf "a\\nb c\\n"\nfiles')).toBe("[ 'a', 'b c' ]");
    expect(
      await plainResultOf(client, '[files.text, files.n, files.s, files.exitCode, files.l === files]'),
    ).toBe("[ 'a\\nb c\\n', 'a\\nb c', 'a b c', 0, true ]");
    expect(await plainResultOf(client, 'const none = !exit 4\n[none.length, none.exitCode]')).toBe(
      '[ 0, 4 ]',
    );
    expect(await plainResultOf(client, 'let text: string[]; text = !echo "ä"\ntext[0]')).toBe("'ä'");
  });

  it('keeps the lines of the cell for its errors', async () => {
    const { error } = await client.execute('!echo \\\n  a\nconst x = 1;\n\n  x.y.z', { timeout: 20_000 });
    expect(error?.ename).toBe('TypeError');
    expect(error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:5:7/);
    const wrong = await client.execute('!echo a\nconst y = ;', { timeout: 20_000 });
    expect(wrong.error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:2:11/);
    const inside = await client.execute('const o = {}\n!echo ${o.a.b}', { timeout: 20_000 });
    expect(inside.error?.traceback.join('\n')).toMatch(/cell-\d+\.ts:2:13/);
  });
});

describe('$', () => {
  it('runs a command with quoted values, and has its lines', async () => {
    expect(
      await plainResultOf(client, 'const word = "a b"; (await $`printf "%s\\n" ${word} c`).lines()'),
    ).toBe("[ 'a b', 'c' ]");
    expect(await plainResultOf(client, '%cd below\n;(await $`ls`).text()')).toBe("'here.txt\\n'");
  });

  it('is ended by an interrupt', async () => {
    const own = `sleep 63.${process.pid}`;
    const cell = probe.send('shell', 'execute_request', { code: `console.log("on"); await $\`${own}\`` });
    await probe.until('output', () => probe.published('stream', cell)[0]);
    await probe.request('control', 'interrupt_request', {});
    expect((await probe.settled(cell)).content).toMatchObject({ ename: 'Interrupted' });
    const search = `!pgrep -f "[s]${own.slice(1)}"`;
    await expect.poll(async () => (await printed(client, search)).stdout, { timeout: 5000 }).toBe('');
  });

  it('gives way to a name of the session', async () => {
    expect(await plainResultOf(client, 'const $ = (n: number) => n + 1; $(1)')).toBe('2');
  });
});

describe('%%bash and %%sh', () => {
  it.each([
    ['%%bash -e\nfalse; echo on', '', 'exit code 1\n'],
    ['%%bash\nfalse; echo on', 'on\n', ''],
    ['%%bash -eu -o pipefail a b\necho "$1 $2 $#"', 'a b 2\n', ''],
    ['%%bash -euo pipefail\nfalse | true; echo on', '', 'exit code 1\n'],
    ['%%bash -s a -b\necho "$1 $2"', 'a -b\n', ''],
    ['%%sh -x\necho "$0"', 'sh\n', '+ echo sh\n'],
  ])('%j', async (cell, stdout, stderr) => {
    expect(await printed(client, cell)).toEqual({ stdout, stderr });
  });

  it('run their cell', async () => {
    const { stdout } = await printed(client, '%%bash\nfor n in 1 2; do\n  echo "$n ${n} {n}"\ndone\n');
    expect(stdout).toBe('1 1 {n}\n2 2 {n}\n');
    expect((await printed(client, '%%sh a "b"\necho $0 $1 $2')).stdout).toBe('sh a "b"\n');
  });
});
