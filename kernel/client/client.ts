import type { Connection } from '../connection.ts';
import { MessageFactory } from '../message/reply.ts';
import type { Header, Json, Message } from '../message/types.ts';
import { type Channels, openChannels, type ReceiveChannel, type SendChannel } from './channels.ts';
import { ClientClosedError, type Exit, KernelDiedError, KernelTimeoutError } from './errors.ts';
import { type ExecuteOptions, type ExecuteResult, Execution, executeContent } from './execution.ts';
import { Displays } from './outputs.ts';
import type { KernelProcess } from './process.ts';
import { type Deferred, deferred, EXPIRED, within } from './wait.ts';

export interface RequestOptions {
  /** Milliseconds to wait for the reply; 10 s unless given. */
  timeout?: number;
  metadata?: Json;
  buffers?: Uint8Array[];
}

export type IopubListener = (message: Message) => void;

const REPLY_TIMEOUT = 10_000;
/** How long a kernel may take to give way to an interrupt before it is killed. */
const INTERRUPT_GRACE = 5_000;
/** How long to wait for a sign of life on iopub before kernel_info is asked again. */
const IOPUB_RETRY = 200;

/** A client of one kernel: requests on shell and control, output from iopub, input on stdin. */
export class KernelClient {
  readonly connection: Connection;
  /** The kernel's process when this client started it. */
  readonly process: KernelProcess | undefined;
  /** The content of kernel_info_reply, empty until {@link ready}. */
  info: Json = {};
  readonly #factory: MessageFactory;
  readonly #pending = new Map<string, Deferred<Message>>();
  readonly #executions = new Map<string, Execution>();
  readonly #running = new Set<Execution>();
  readonly #displays = new Displays();
  readonly #listeners = new Set<IopubListener>();
  readonly #subscribed: Deferred<void> = deferred();
  #channels: Channels | undefined;
  #failure: Error | undefined;

  private constructor(connection: Connection, process: KernelProcess | undefined) {
    this.connection = connection;
    this.process = process;
    this.#factory = new MessageFactory(undefined, 'descent');
    process?.exited.then((exit) => this.#fail(new KernelDiedError(exit)));
  }

  /** Connects to a kernel, also one that has yet to bind its sockets; {@link ready} says when it has. */
  static async connect(connection: Connection, process?: KernelProcess): Promise<KernelClient> {
    const client = new KernelClient(connection, process);
    client.#channels = await openChannels(connection, client.#factory.session, {
      message: (channel, message) => client.#receive(channel, message),
      failed: () => {},
    });
    return client;
  }

  get session(): string {
    return this.#factory.session;
  }

  /** Whether requests can be sent: the kernel has not been seen to end, and the connection is open. */
  get alive(): boolean {
    return this.#failure === undefined;
  }

  /** Waits until the kernel answers and its iopub reaches this client: nothing is missed from then on. */
  async ready(timeout = 60_000): Promise<Json> {
    const end = Date.now() + timeout;
    for (;;) {
      const reply = await this.request('shell', 'kernel_info_request', {}, { timeout: end - Date.now() });
      this.info = reply.content;
      const heard = await within(this.#subscribed.promise, IOPUB_RETRY);
      if (heard !== EXPIRED) return this.info;
      if (Date.now() > end) throw new KernelTimeoutError('iopub delivered nothing', timeout);
    }
  }

  /** Sends a request and waits for its reply. */
  async request(
    channel: SendChannel,
    type: string,
    content: Json,
    options: RequestOptions = {},
  ): Promise<Message> {
    const timeout = options.timeout ?? REPLY_TIMEOUT;
    const header = this.send(channel, type, content, options);
    const pending = deferred<Message>();
    this.#pending.set(header.msg_id, pending);
    try {
      const reply = await within(pending.promise, timeout);
      if (reply === EXPIRED) throw new KernelTimeoutError(`no reply to ${type}`, timeout);
      return reply;
    } finally {
      this.#pending.delete(header.msg_id);
    }
  }

  /** Sends a message that has no reply (comm_msg, comm_close), or whose reply is of no interest. */
  send(channel: SendChannel, type: string, content: Json, options: RequestOptions = {}): Header {
    if (this.#failure) throw this.#failure;
    const { metadata = {}, buffers = [] } = options;
    const message = this.#factory.create(type, content, { metadata, buffers });
    this.#channels?.send(channel, message);
    return message.header;
  }

  /**
   * Runs a cell and collects its outputs. A cell that fails is a result with status 'error'.
   * Throws a KernelTimeoutError after `timeout`, a KernelDiedError when the kernel ends.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteResult> {
    const execution = new Execution(options, this.#displays);
    const header = this.send('shell', 'execute_request', executeContent(code, options), {
      metadata: options.metadata ?? {},
    });
    this.#executions.set(header.msg_id, execution);
    this.#running.add(execution);
    try {
      const { timeout } = options;
      if (timeout === undefined) return await execution.done;
      const result = await within(execution.done, timeout);
      return result === EXPIRED ? await this.#giveUp(execution, timeout) : result;
    } finally {
      this.#running.delete(execution);
    }
  }

  /** `cursor` counts code points, as the protocol does; the end of the code unless given. */
  async complete(code: string, cursor: number = [...code].length): Promise<Json> {
    return (await this.request('shell', 'complete_request', { code, cursor_pos: cursor })).content;
  }

  async inspect(code: string, cursor: number = [...code].length, detail: 0 | 1 = 0): Promise<Json> {
    const content = { code, cursor_pos: cursor, detail_level: detail };
    return (await this.request('shell', 'inspect_request', content)).content;
  }

  async isComplete(code: string): Promise<Json> {
    return (await this.request('shell', 'is_complete_request', { code })).content;
  }

  async interrupt(timeout: number = REPLY_TIMEOUT): Promise<Json> {
    return (await this.request('control', 'interrupt_request', {}, { timeout })).content;
  }

  /** Whether the kernel's heartbeat answers within `timeout` ms. */
  async ping(timeout = 1000): Promise<boolean> {
    return (await this.#channels?.ping(timeout)) ?? false;
  }

  /** Listens to every iopub message, whoever caused it; the function returned ends that. */
  onIopub(listener: IopubListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Asks the kernel to end and sees to it that its process does: after `timeout` ms by SIGTERM,
   * a second later by SIGKILL. Gives how it ended, undefined for a kernel that this client did not start.
   */
  async shutdown(options: { restart?: boolean; timeout?: number } = {}): Promise<Exit | undefined> {
    const { restart = false, timeout = 5000 } = options;
    if (!this.#failure) {
      // The kernel may end before its reply is out: the process's end is what counts.
      await this.request('control', 'shutdown_request', { restart }, { timeout }).catch(() => {});
    }
    const exit = await this.process?.stop(timeout);
    this.close();
    return exit;
  }

  /** Ends the kernel at once. */
  async kill(): Promise<Exit | undefined> {
    this.process?.signal('SIGKILL');
    const exit = await this.process?.stop(1000);
    this.close();
    return exit;
  }

  /** Closes the connection; the kernel goes on. */
  close(): void {
    this.#fail(new ClientClosedError());
    this.#channels?.close();
  }

  async #giveUp(execution: Execution, timeout: number): Promise<never> {
    await this.interrupt(INTERRUPT_GRACE).catch(() => {});
    if ((await within(execution.done, INTERRUPT_GRACE)) === EXPIRED) await this.kill();
    throw new KernelTimeoutError('the cell did not end', timeout);
  }

  #receive(channel: ReceiveChannel, message: Message): void {
    const parent = message.parentHeader.msg_id ?? '';
    if (channel === 'iopub') {
      this.#subscribed.resolve();
      this.#executions.get(parent)?.iopub(message);
      for (const listener of this.#listeners) listener(message);
    } else if (channel === 'stdin') {
      this.#input(message, this.#executions.get(parent)?.options.onStdin);
    } else {
      this.#executions.get(parent)?.reply(message);
      this.#pending.get(parent)?.resolve(message);
    }
  }

  async #input(request: Message, answer: ExecuteOptions['onStdin']): Promise<void> {
    if (request.header.msg_type !== 'input_request') return;
    const { prompt, password } = request.content;
    // \x04 is end of file, as a terminal has it.
    const value = await answer?.(String(prompt ?? ''), password === true).catch(() => '\x04');
    const content = { status: 'ok', value: value ?? '\x04' };
    this.#channels?.send('stdin', this.#factory.create('input_reply', content, { parent: request.header }));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const pending of this.#pending.values()) pending.reject(error);
    for (const execution of this.#running) execution.fail(error);
    this.#subscribed.reject(error);
  }
}
