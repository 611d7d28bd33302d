import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Json } from '../../../kernel/message/types.ts';

/** The cursor in the code of a question. */
const CURSOR = '‸';

export interface Completed {
  matches: string[];
  /** What a match takes the place of. */
  range: string;
  types: Json[];
}

function placed(marked: string): { code: string; cursor: number } {
  const at = marked.indexOf(CURSOR);
  if (at < 0) throw new Error(`no ${CURSOR} in ${marked}`);
  return { code: marked.slice(0, at) + marked.slice(at + 1), cursor: [...marked.slice(0, at)].length };
}

export async function completeAt(client: KernelClient, marked: string): Promise<Completed> {
  const { code, cursor } = placed(marked);
  const reply = await client.complete(code, cursor);
  if (reply.status !== 'ok') throw new Error(`${reply.ename}: ${reply.evalue}`);
  const { matches, cursor_start: start, cursor_end: end, metadata } = reply;
  const { _jupyter_types_experimental: types } = metadata as { _jupyter_types_experimental: Json[] };
  const range = [...code].slice(Number(start), Number(end)).join('');
  return { matches: matches as string[], range, types };
}

/** What is shown of the name at the cursor, as text; undefined where nothing is found. */
export async function inspectAt(
  client: KernelClient,
  marked: string,
  detail: 0 | 1 = 0,
): Promise<string | undefined> {
  const { code, cursor } = placed(marked);
  const { data } = await client.inspect(code, cursor, detail);
  return (data as Json)['text/plain'] as string | undefined;
}

/** Waits for the language server, which a busy machine may take longer to start than an answer may take. */
export async function typed(client: KernelClient, code = ''): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { matches } = await completeAt(client, `${code}; const warm: { warmth: 1 } = { ‸`);
    if (matches.join() === 'warmth') return;
    await sleep(100);
  }
  throw new Error('there was no answer with types');
}
