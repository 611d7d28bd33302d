import { beforeAll, expect } from 'vitest';
import type { KernelClient } from '../../../kernel/client/client.ts';
import type { Header, Json, Message } from '../../../kernel/message/types.ts';
import { type Kernels, kernels, resultOf } from './kernels.ts';
import type { Probe } from './probe.ts';

export const dataOf = ({ content }: Message): Json => content.data as Json;

/** A kernel whose widgets a test speaks with, as their front-end does; started before the file's first test. */
export class WidgetKernel {
  readonly set: Kernels = kernels();
  client!: KernelClient;
  probe!: Probe;

  constructor() {
    beforeAll(async () => {
      this.client = await this.set.start();
      this.probe = await this.set.probe(this.client);
    });
  }

  readonly execute = (code: string): Header => this.probe.send('shell', 'execute_request', { code });

  /** Runs a cell, which must end well. */
  readonly done = async (code: string): Promise<Header> => {
    const header = this.execute(code);
    expect((await this.probe.settled(header)).content.status).toBe('ok');
    return header;
  };

  readonly idOf = async (expression: string): Promise<string> =>
    (await resultOf(this.client, `(${expression}).modelId`)).replaceAll("'", '');

  /** A message of the front-end to a widget; done when the kernel is idle again. */
  readonly say = async (id: string, data: Json, buffers: Uint8Array[] = []): Promise<Header> => {
    const header = this.probe.send('shell', 'comm_msg', { comm_id: id, data }, { buffers });
    await this.probe.idle(header);
    return header;
  };

  readonly update = (id: string, state: Json): Promise<Header> =>
    this.say(id, { method: 'update', state, buffer_paths: [] });

  /** What the kernel told the front-end about a widget since `from`, in order. */
  readonly told = (id: string, from = 0): Json[] =>
    this.probe
      .published('comm_msg')
      .slice(from)
      .filter(({ content }) => content.comm_id === id)
      .map(dataOf);

  /** How many messages of widgets there were. */
  readonly count = (): number => this.probe.published('comm_msg').length;
}
