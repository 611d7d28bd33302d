import type { KernelClient } from '../../client/client.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * What Ctrl-C does while notebooks run: the first interrupts the cells, and no other starts; the
 * second ends the program, which kills the kernels. SIGTERM and SIGHUP end it at once.
 */
export class Stop {
  readonly #controller = new AbortController();
  readonly #clients = new Set<KernelClient>();
  readonly #handlers: [keyof typeof EXIT_CODES, () => void][];

  constructor() {
    this.#handlers = [
      ['SIGINT', () => this.#interrupt()],
      ['SIGTERM', () => process.exit(EXIT_CODES.SIGTERM)],
      ['SIGHUP', () => process.exit(EXIT_CODES.SIGHUP)],
    ];
    for (const [name, handler] of this.#handlers) process.on(name, handler);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Has a kernel interrupted while the work goes on. */
  async guard<T>(client: KernelClient, work: () => Promise<T>): Promise<T> {
    this.#clients.add(client);
    try {
      return await work();
    } finally {
      this.#clients.delete(client);
    }
  }

  release(): void {
    for (const [name, handler] of this.#handlers) process.off(name, handler);
  }

  #interrupt(): void {
    if (this.signal.aborted) process.exit(EXIT_CODES.SIGINT);
    this.#controller.abort();
    for (const client of this.#clients) client.interrupt().catch(() => {});
  }
}
