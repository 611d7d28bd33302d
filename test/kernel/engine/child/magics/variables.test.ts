import { describe, expect, it } from 'vitest';
import { kernels, plainResultOf, streamText } from '../../../support/kernels.ts';

const set = kernels();

describe('the names of the session', () => {
  it('are listed', async () => {
    const fresh = await set.start();
    expect((await fresh.execute('%who')).outputs).toMatchObject([
      { text: 'Interactive namespace is empty.\n' },
    ]);
    await fresh.execute(
      "const n = 1, word = 'x'; class K {}\nfunction f() {}\nconst fetch = new Map(); let none;",
    );
    const text = async (code: string): Promise<string> =>
      streamText((await fresh.execute(code)).outputs, 'stdout');
    expect(await text('%who')).toBe('K\tf\tfetch\tn\tnone\tword\n');
    expect(await text('%who number string')).toBe('n\tword\n');
    const rows = (await text('%whos'))
      .trimEnd()
      .split('\n')
      .map((row) => row.split(/\s{2,}/));
    expect(rows).toEqual([
      ['Variable', 'Type', 'Value'],
      [expect.stringMatching(/^-+$/)],
      ['K', 'class', '[class K]'],
      ['f', '() => void', '[Function: f]'],
      ['fetch', 'Map<any, any>', 'Map(0) {}'],
      ['n', 'number', '1'],
      ['none', 'undefined', 'undefined'],
      ['word', 'string', "'x'"],
    ]);
    expect(await plainResultOf(fresh, 'const listed = %who_ls Map\nlisted')).toBe("[ 'fetch' ]");
  });

  it('are gone after %reset', async () => {
    const fresh = await set.start();
    await fresh.execute('const gone = 1; globalThis.alsoGone = 2; console.log("before")');
    const done = await fresh.execute('%reset -f', { timeout: 20_000 });
    expect(done).toMatchObject({ status: 'ok', outputs: [] });
    expect(await plainResultOf(fresh, '[typeof gone, typeof alsoGone]')).toBe("[ 'undefined', 'undefined' ]");
    expect((await fresh.execute('let gone = 2; console.log(gone)')).outputs).toMatchObject([{ text: '2\n' }]);
  });

  it('stay where %reset is not confirmed', async () => {
    const fresh = await set.start();
    await fresh.execute('const kept = 1');
    const asked: string[] = [];
    const answer = (word: string) => async (prompt: string) => {
      asked.push(prompt);
      return word;
    };
    const no = await fresh.execute('%reset', { allowStdin: true, onStdin: answer('n'), timeout: 20_000 });
    expect(streamText(no.outputs, 'stdout')).toBe('Nothing done.\n');
    expect(asked).toEqual(['Once deleted, variables cannot be recovered. Proceed (y/[n])? ']);
    expect(await plainResultOf(fresh, 'kept')).toBe('1');
    await fresh.execute('%reset', { allowStdin: true, onStdin: answer('y'), timeout: 20_000 });
    expect(await plainResultOf(fresh, 'typeof kept')).toBe("'undefined'");
    const { error } = await fresh.execute('%reset\n1', { timeout: 20_000 });
    expect(error).toMatchObject({ ename: 'UsageError', evalue: '%reset must be alone in its cell' });
  });
});
