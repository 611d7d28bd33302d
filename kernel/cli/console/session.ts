import type { KernelClient } from '../../client/client.ts';
import type { ExecuteResult } from '../../client/execution.ts';
import type { Json } from '../../message/types.ts';
import { INTERRUPTED, type Lines } from './lines.ts';
import { colours, Printer } from './printer.ts';

/** The kernel is asked about a line while the user waits for the prompt. */
const ANSWER_TIMEOUT = 2000;

/** The matches for the end of `line`, the last of the lines of `code`. */
export async function completeLine(
  client: KernelClient,
  before: string,
  line: string,
): Promise<[string[], string]> {
  const code = before + line;
  const points = [...code];
  const content = { code, cursor_pos: points.length };
  const reply = await client.request('shell', 'complete_request', content, { timeout: ANSWER_TIMEOUT });
  const { matches, cursor_start: start } = reply.content;
  if (!Array.isArray(matches) || typeof start !== 'number') return [[], line];
  const replaced = points.slice(start).join('');
  return [matches.map(String).filter((match) => match.startsWith(replaced)), replaced];
}

/** One terminal session: reads cells, runs them, shows what they put out. */
export class Session {
  readonly #client: KernelClient;
  readonly #lines: Lines;
  readonly #printer: Printer;
  #count = 1;
  #next = '';
  /** The earlier lines of the cell that is being typed. */
  before = '';

  constructor(client: KernelClient, lines: Lines) {
    this.#client = client;
    this.#lines = lines;
    this.#printer = new Printer(lines);
  }

  /** Runs until the end of input, or until the kernel ends. */
  async run(): Promise<void> {
    for (;;) {
      const code = await this.#readCell();
      if (code === undefined) return;
      if (code.trim() === '') continue;
      const result = await this.#execute(code);
      this.#count = (result.executionCount ?? this.#count) + 1;
      if (this.#payload(result.reply)) return;
    }
  }

  async #readCell(): Promise<string | undefined> {
    const prompt = `In [${this.#count}]: `;
    let prefill = this.#next;
    this.before = this.#next = '';
    for (;;) {
      const first = this.before === '';
      const text = first ? prompt : '...: '.padStart(prompt.length);
      const line = await this.#lines.next(text, 'code', prefill);
      if (line === INTERRUPTED) return '';
      if (line === undefined) return first ? undefined : this.before;
      const code = this.before + line;
      const more = code.trim() === '' ? undefined : await this.#isIncomplete(code);
      if (more === undefined) return code;
      this.before = `${code}\n`;
      prefill = more;
    }
  }

  /** The next line's indent when the cell has to go on, else undefined. */
  async #isIncomplete(code: string): Promise<string | undefined> {
    const request = this.#client.request(
      'shell',
      'is_complete_request',
      { code },
      { timeout: ANSWER_TIMEOUT },
    );
    const reply = await request.catch(() => undefined);
    if (reply?.content.status !== 'incomplete') return undefined;
    return typeof reply.content.indent === 'string' ? reply.content.indent : '';
  }

  async #execute(code: string): Promise<ExecuteResult> {
    const result = await this.#client.execute(code, {
      onOutput: (message) => this.#print(this.#printer.format(message)),
      onStdin: async (prompt, secret) => {
        const line = await this.#lines.next(prompt, secret ? 'secret' : 'answer');
        if (line === INTERRUPTED) await this.#client.interrupt();
        return typeof line === 'string' ? line : '\x04';
      },
    });
    this.#print(this.#printer.end());
    return result;
  }

  /** Does what the reply asks of a front-end; true when the session is to end. */
  #payload(reply: Json): boolean {
    const payloads = Array.isArray(reply.payload) ? (reply.payload as Json[]) : [];
    for (const payload of payloads) {
      if (payload.source === 'ask_exit') return true;
      if (payload.source === 'set_next_input') this.#next = String(payload.text ?? '');
      if (payload.source === 'page') {
        const text = `${String((payload.data as Json | undefined)?.['text/plain'] ?? '')}\n`;
        this.#print(colours(text, this.#lines.isTerminal));
      }
    }
    return false;
  }

  #print(text: string): void {
    if (text !== '') this.#lines.print(text);
  }
}
