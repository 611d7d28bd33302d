import type { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { decodeJson, encodeFrame, readFrames } from '../pipe.ts';
import { FD, type InterrupterCommand, type InterrupterEvent, type Query } from '../protocol.ts';
import { endGroup } from './end.ts';
import { withInspector } from './inspector.ts';
import { interruptMain } from './interrupt.ts';
import { shareGroups } from './magics/groups.ts';
import { answerQuery, lazyRoot, type ValueQuery } from './query.ts';
import { RingReader, type SharedRing } from './ring.ts';

/**
 * The interrupter thread: it stays free while the user's thread computes. It stops that thread,
 * answers questions about its values, hands it input, passes on what it printed, and ends the
 * process when the host has gone.
 */

/** Text waits at most this long, in milliseconds, to travel in larger batches. */
const BATCH_DELAY = 50;

export interface InterrupterData {
  ring: SharedRing;
  input: MessagePort;
  /** The process groups of commands. */
  groups: SharedArrayBuffer;
}

/** A preloaded name that is asked about is waited for this long while it loads, in milliseconds. */
const LOAD_MS = 600;

/** From the user's thread to the interrupter. */
export type FromMain = { wake: boolean } | { pong: number } | { sync: true };
/** The other way: to be answered with a pong, after a preloaded name was loaded where one is given. */
export interface ToMain {
  ping: number;
  load?: string;
}

const { ring, input, groups } = workerData as InterrupterData;
shareGroups(groups);
const port = parentPort as MessagePort;
const reader = new RingReader(ring);
const socket = new Socket({ fd: FD.interrupter });

let timer: NodeJS.Timeout | undefined;
function drain(): void {
  clearTimeout(timer);
  timer = undefined;
  reader.drain(FD.events);
  if (reader.pending > 0) schedule();
}
function schedule(): void {
  timer ??= setTimeout(drain, BATCH_DELAY);
}

const pongs = new Map<number, () => void>();
let pings = 0;
/** Resolves when the user's thread has been at its event loop; forgotten when that comes too late. */
function ping(load?: string): Promise<void> {
  pings += 1;
  const message: ToMain = load === undefined ? { ping: pings } : { ping: pings, load };
  return new Promise((resolve) => {
    pongs.set(message.ping, resolve);
    port.postMessage(message);
  });
}

port.on('message', (message: FromMain) => {
  if ('pong' in message) {
    pongs.get(message.pong)?.();
    pongs.delete(message.pong);
  } else if ('sync' in message) {
    drain();
    send({ ev: 'sync' });
  } else if (message.wake) drain();
  else schedule();
});

function send(event: InterrupterEvent): void {
  socket.write(encodeFrame(event));
}

async function handle(command: InterrupterCommand): Promise<void> {
  if (command.op === 'interrupt') {
    const state = await withInspector((session) =>
      interruptMain({
        session,
        ping,
        running: () => reader.running,
        terminate: (post) => reader.terminate(post),
      }),
    );
    send({ ev: 'interrupted', id: command.id, state });
  } else if (command.op === 'synced') reader.announceSync();
  else if (command.op === 'input') {
    input.postMessage({ value: command.value, error: command.error });
    reader.announceInput();
  } else {
    const { id, query } = command;
    send({ ev: 'answer', id, answer: await answerOf(query) });
  }
}

/** This thread shares the folder and the environment with the user's. */
async function answerOf(query: Query): Promise<unknown> {
  if (query.kind === 'folder') return process.cwd();
  if (query.kind === 'environment') return Object.keys(process.env);
  return withInspector((session) => ask(session, query));
}

/** Where a cell computes, what it has not loaded stays so, and the answer is empty. */
async function ask(session: Session, query: ValueQuery): Promise<unknown> {
  const lazy = reader.running ? undefined : await lazyRoot(session, query);
  if (lazy !== undefined) await Promise.race([ping(lazy), sleep(LOAD_MS)]);
  return answerQuery(session, query);
}

readFrames(socket, (_kind, payload) => void handle(decodeJson(payload).value as InterrupterCommand));
socket.on('close', endGroup);
socket.on('error', endGroup);
