import { Socket } from 'node:net';
import { join } from 'node:path';
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads';
import type { ErrorReport } from '../engine.ts';
import { decodeJson, FrameReader } from '../pipe.ts';
import { type Command, type Event, FD } from '../protocol.ts';
import { Asker } from './ask.ts';
import { relaxAsyncChecks, resetAsyncStack } from './asyncStack.ts';
import { keepOrder } from './beforeRaw.ts';
import { cancelCell } from './cancel.ts';
import { Channel } from './channel.ts';
import { Comms } from './comms.ts';
import { currentCapture, currentCell, runAsCell } from './context.ts';
import { endGroup } from './end.ts';
import { forgetHalfLoaded } from './halfLoaded.ts';
import { beginLoop, constant, endLoop, result } from './hidden.ts';
import { inputFunctions } from './input.ts';
import type { FromMain, InterrupterData, ToMain } from './interrupter.ts';
import { sharedGroups } from './magics/groups.ts';
import { LazyMagics } from './magics/lazy.ts';
import { ModuleLoader } from './modules.ts';
import { NotebookCells } from './notebookCells.ts';
import { defineLazy, definePreloads, endInBackend, touch } from './preload.ts';
import { createRing, RingWriter } from './ring.ts';
import { Runner } from './run.ts';
import { CellSources } from './sources.ts';
import { replaceStdio } from './stdio.ts';
import { toolkitChannel } from './toolkitChannel.ts';
import { Tracer } from './trace.ts';
import { usingContext } from './using.ts';

/** The runtime process: the user's cells run on this thread. */

const ring = createRing();
const input = new MessageChannel();
const workerData: InterrupterData = { ring, input: input.port2, groups: sharedGroups() };
const interrupter = new Worker(join(__dirname, 'interrupter.cjs'), {
  workerData,
  transferList: [input.port2],
  stdin: false,
  env: SHARE_ENV,
});
const tell = (message: FromMain): void => interrupter.postMessage(message);
interrupter.on('message', ({ ping, load }: ToMain) => {
  writer.atLoop();
  if (load !== undefined) touch(load);
  tell({ pong: ping });
});
interrupter.on('error', (error) => {
  throw error;
});
interrupter.unref();
input.port1.unref();

const writer = new RingWriter(
  ring,
  (wake) => tell({ wake }),
  () => tell({ sync: true }),
);
const channel = new Channel(writer);
const sources = new CellSources();
const tracer = new Tracer(sources);
const folder = process.cwd();
const modules = new ModuleLoader(folder);
const comms = new Comms(channel);
const asker = new Asker(channel);
const inputs = inputFunctions({ channel, ring: writer, port: input.port1 });
const magics = new LazyMagics({ channel, ring: writer, asker, input: inputs.input, folder });
const notebookCells = new NotebookCells();
const runner = new Runner({ channel, ring: writer, sources, tracer, modules, magics });

keepOrder(
  () => writer.beforeRaw(),
  () => writer.flush(),
);
replaceStdio((name, text) => {
  const capture = currentCapture();
  if (capture) capture.print(name, text);
  else channel.print(currentCell(), name, text);
});
tracer.install();

const hidden = (name: PropertyKey, value: unknown): void => {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
};
hidden('__descent__', {
  ...{ import: modules.import, meta: modules.meta, usingContext, result, constant, beginLoop, endLoop },
  get magics() {
    return magics.loaded.calls;
  },
});
hidden('require', modules.require);
hidden('__dirname', folder);
hidden('__filename', modules.file);
definePreloads();
defineLazy('comms', () => comms);
defineLazy('$', () => magics.loaded.tag);
for (const [name, value] of Object.entries(inputs)) hidden(name, value);
const report = (thrown: unknown): ErrorReport => tracer.report(thrown);
hidden(
  Symbol.for('descent.channel'),
  toolkitChannel({
    ...{ channel, comms, report },
    fail: (cell, error) => runner.fail(cell, error),
    running: (cell) => notebookCells.of(cell, channel.sink?.cell === cell),
    atEnd: (cell, work) => runner.ends.add(cell, work),
    whole: (step) => writer.whole(step),
  }),
);

const reportLate = (thrown: unknown): void => {
  const event: Event = { ev: 'error', cell: currentCell(), error: report(thrown) };
  if (!currentCapture()?.send(event)) channel.send(event);
};
process.on('uncaughtException', reportLate);
process.on('unhandledRejection', reportLate);
process.on('exit', (code) => channel.send({ ev: 'exiting', code }));

// AsyncLocalStorage begins with its first use.
runAsCell(0, () => undefined);
relaxAsyncChecks();

function handle(command: Command, buffers: Buffer[]): void {
  resetAsyncStack();
  endLoop();
  // The user's code may have begun to use hooks of its own.
  relaxAsyncChecks();
  switch (command.op) {
    case 'execute':
      notebookCells.began(command);
      void runner.execute(command);
      break;
    case 'evaluate':
      void runner
        .evaluate(command.cell, command.expressions)
        .then((results) => channel.send({ ev: 'evaluated', id: command.id, results }));
      break;
    case 'answer':
      asker.settle(command);
      break;
    case 'cancel':
      if (command.cell !== undefined) {
        cancelCell(command.cell);
        runner.ends.end(command.cell, 'interrupted');
      }
      forgetHalfLoaded();
      endInBackend();
      setImmediate(() => channel.send({ ev: 'cancelled', id: command.id }));
      break;
    case 'comm': {
      const { id, cell, op: _op, ...message } = command;
      void runner.begun
        .then(() => {
          runner.ends.begin(cell);
          return runAsCell(cell, () => comms.receive(message, buffers));
        })
        .catch(reportLate)
        .finally(() => {
          runner.ends.end(cell, 'ok');
          channel.send({ ev: 'comm-done', id });
        });
      break;
    }
  }
}

// A callback of its own instead of stream events: a termination in a cell unwinds through here, and
// must leave nothing half done.
const frames = new FrameReader();
const commands = new Socket({
  fd: FD.commands,
  readable: true,
  writable: false,
  onread: {
    buffer: Buffer.alloc(1 << 16),
    callback: (length: number, buffer: Uint8Array) => {
      frames.push(Buffer.from(buffer.subarray(0, length)));
      for (let frame = frames.next(); frame; frame = frames.next()) {
        const { value, buffers } = decodeJson(frame.payload);
        handle(value as Command, buffers);
      }
      return true;
    },
  },
} as ConstructorParameters<typeof Socket>[0]);
commands.on('close', endGroup);
commands.on('error', endGroup);
channel.send({ ev: 'ready' });
