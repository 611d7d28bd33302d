import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Channel } from './channel.ts';
import { currentCell } from './context.ts';
import type { RingWriter } from './ring.ts';

/** Cells may replace it. */
const { Promise: OwnPromise } = globalThis;

interface Reply {
  value: string | null;
  error?: string;
}

export interface InputDependencies {
  channel: Channel;
  ring: RingWriter;
  port: MessagePort;
}

/** Thrown when a cell asks for input where there is nobody to answer. */
class StdinNotAllowedError extends Error {
  override name = 'StdinNotAllowedError';
}

/** `refusal` is made where the cell asks, so that it speaks of that place. */
function take(reply: Reply, refusal: StdinNotAllowedError): string | null {
  if (reply.error !== undefined) {
    refusal.message = reply.error;
    throw refusal;
  }
  return reply.value === '\u0004' ? null : reply.value;
}

export interface InputFunctions {
  prompt(message?: string, initial?: string): string | null;
  confirm(message?: string): boolean;
  input(message?: string, options?: { password?: boolean }): Promise<string | null>;
}

/** `prompt`, `confirm` and `input`: the first two block the cell, an interrupt ends each of them. */
export function inputFunctions({ channel, ring, port }: InputDependencies): InputFunctions {
  const ask = (message: string, password: boolean): void =>
    channel.send({ ev: 'input', cell: currentCell(), prompt: message, password });
  const discardStale = (): void => {
    while (receiveMessageOnPort(port));
  };
  const wait = (message: string): string | null => {
    discardStale();
    const reply = ring.waitForInput(
      () => ask(message, false),
      () => receiveMessageOnPort(port)?.message as Reply | undefined,
    );
    return take(reply, new StdinNotAllowedError());
  };
  let latest: { cell: number; answer: Promise<string | null> } | undefined;
  /** One question at a time. Those of an earlier cell do not count: an interrupt leaves them open. */
  const inTurn = (question: () => Promise<string | null>): Promise<string | null> => {
    const cell = currentCell();
    const answer = latest?.cell === cell ? latest.answer.then(question, question) : question();
    latest = { cell, answer };
    return answer;
  };
  const askLater = (
    message: string,
    password: boolean,
    refusal: StdinNotAllowedError,
  ): Promise<string | null> =>
    new OwnPromise((resolve, reject) => {
      discardStale();
      port.removeAllListeners('message');
      port.once('message', (reply: Reply) => {
        port.unref();
        try {
          resolve(take(reply, refusal));
        } catch (error) {
          reject(error as Error);
        }
      });
      ask(message, password);
    });
  return {
    prompt: (message = '', initial = '') => {
      const answer = wait(String(message));
      return answer === '' && initial !== '' ? String(initial) : answer;
    },
    confirm: (message = '') => /^\s*y(es)?\s*$/i.test(wait(`${message} [y/N] `) ?? ''),
    input: (message = '', { password = false } = {}) => {
      const refusal = new StdinNotAllowedError();
      return inTurn(() => askLater(String(message), password, refusal));
    },
  };
}
