import type { KernelClient } from '../../../kernel/client/client.ts';
import type { ExecuteResult } from '../../../kernel/client/execution.ts';

export interface Shown {
  type: string;
  text: string;
  keys: string[];
  id: unknown;
}

/** Runs a cell and returns what it displayed; `seen` is told of each output while the cell runs. */
export async function runShown(
  client: KernelClient,
  code: string,
  seen: (shown: Shown) => void = () => undefined,
): Promise<[Shown[], ExecuteResult]> {
  const all: Shown[] = [];
  const result = await client.execute(code, {
    timeout: 60_000,
    onOutput: ({ header, content }) => {
      if (!header.msg_type.endsWith('display_data')) return;
      const data = content.data as Record<string, unknown>;
      const { display_id: id } = content.transient as { display_id?: string };
      const shown = { type: header.msg_type, text: String(data['text/plain']), keys: Object.keys(data), id };
      all.push(shown);
      seen(shown);
    },
  });
  return [all, result];
}
