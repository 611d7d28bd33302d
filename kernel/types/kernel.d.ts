/// <reference types="node" />
import type { EventEmitter } from 'node:events';

interface CommPayload {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

interface CommSendOptions {
  metadata?: Record<string, unknown>;
  buffers?: (ArrayBufferView | ArrayBuffer)[];
}

/** One end of a comm. Events: `msg` with a CommPayload, `close` with a CommPayload. */
interface Comm extends EventEmitter {
  readonly id: string;
  readonly target: string;
  readonly isOpen: boolean;
  /** Sends to the front-end. Throws once the comm is closed. */
  send(data: unknown, options?: CommSendOptions): void;
  /** Closes both ends; closing again does nothing. */
  close(data?: unknown, options?: CommSendOptions): void;
}

/** What cells do with comms. */
interface Comms {
  /** Says what to do when a front-end opens a comm to `name`. */
  registerTarget(name: string, target: (comm: Comm, payload: CommPayload) => void | Promise<void>): void;
  unregisterTarget(name: string): void;
  /** Opens a comm to a target that the front-end knows. */
  open(target: string, data?: unknown, options?: CommSendOptions): Comm;
  get(id: string): Comm | undefined;
}

/** What the kernel itself preloads. */
declare global {
  /**
   * Asks the user for a line of text; the cell waits.
   * @param message what is shown beside the field
   * @param initial the answer when the field is left empty
   * @returns the answer, or null at the end of input
   * @throws StdinNotAllowedError where nobody can answer
   */
  function prompt(message?: string, initial?: string): string | null;

  /**
   * Asks the user a question that is answered by yes or no; the cell waits.
   * @returns true for `y` and `yes`
   * @throws StdinNotAllowedError where nobody can answer
   */
  function confirm(message?: string): boolean;

  /**
   * Asks the user for a line of text.
   * @param message what is shown beside the field
   * @param options `password`: the answer is not shown
   * @returns the answer, or null at the end of input
   * @throws StdinNotAllowedError where nobody can answer
   * @example const name = await input('Your name: ');
   */
  function input(message?: string, options?: { password?: boolean }): Promise<string | null>;

  /** Comms: messages between cells and the front-end, with binary buffers. */
  const comms: Comms;
}
