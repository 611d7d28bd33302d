import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Output } from '../../../kernel/notebook/notebook.ts';

const WAIT_MS = 30_000;
/** Cells are looked at in their order: when this one's warning has come, those before it have all of theirs. */
const SENTINEL = 'const sentinel: number = "none";';

interface Warned {
  outputs: Output[];
  /** The message of an error that the cell threw. */
  error: string | undefined;
}

const textOf = (output: Output): string =>
  'data' in output ? String((output.data as Record<string, unknown>)['text/plain']) : '';

/** The lines of a cell's type warnings. */
const warningsIn = (outputs: readonly Output[]): string[] =>
  outputs
    .map(textOf)
    .filter((text) => text.startsWith('type warning: '))
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace('type warning: ', ''));

/** Runs a cell; its outputs go on to come after its end. */
async function run(client: KernelClient, code: string, warned: () => void): Promise<Warned> {
  const outputs: Output[] = [];
  const onOutput = (): void => queueMicrotask(() => warningsIn(outputs).length > 0 && warned());
  const { error } = await client.execute(code, { timeout: WAIT_MS, outputs, onOutput });
  return { outputs, error: error && `${error.ename}: ${error.evalue}` };
}

/** Runs cells one after the other, and gives the type warnings of each, and what they threw. */
export async function warningsOf(
  client: KernelClient,
  cells: readonly string[],
): Promise<{ warnings: string[][]; errors: string[] }> {
  const ran: Warned[] = [];
  for (const code of cells) ran.push(await run(client, code, () => undefined));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no type warning came')), WAIT_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    run(client, SENTINEL, done).catch(reject);
  });
  const errors = ran.flatMap(({ error }) => error ?? []);
  return { warnings: ran.map(({ outputs }) => warningsIn(outputs)), errors };
}
