import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConnection } from './connection.ts';
import type { Engine } from './engine/engine.ts';
import { RuntimeEngine } from './engine/runtime.ts';
import { CommRouter } from './handlers/comm.ts';
import { controlHandlers } from './handlers/control.ts';
import { CellExecutor } from './handlers/execute.ts';
import { InputBroker } from './handlers/input.ts';
import { jsxOptions } from './handlers/jsx.ts';
import { languageHandlers } from './handlers/language.ts';
import { HostQuestions } from './handlers/questions.ts';
import { Typecheck } from './handlers/typecheck.ts';
import { Language } from './language/language.ts';
import { MessageFactory } from './message/reply.ts';
import type { Message } from './message/types.ts';
import { watchParent } from './parent.ts';
import { Dispatcher, type DispatchParts, type Handler } from './session/dispatch.ts';
import { History, historyPath } from './session/history.ts';
import { Parents } from './session/parents.ts';
import { MessageSender } from './session/publisher.ts';
import { Subshell } from './session/subshells.ts';
import { Signer } from './wire/signature.ts';
import { type KernelSockets, openSockets } from './wire/sockets.ts';

/** A line of the log quotes what a client sent, which may be long. */
const MAX_LOG = 1000;

/** Diagnostics of the kernel itself go to the stderr of its process: Jupyter's log. */
const log = (line: string): void => {
  process.stderr.write(`[descent] ${line.slice(0, MAX_LOG).replaceAll(/\s*\n\s*/g, ' ')}\n`);
};

const packageVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;

/** Loads what the first cell needs while the front-end reads the kernel's first answer. */
function warmUp(): void {
  void import('./cells/transform.ts').then(({ transformCell }) => transformCell('0', 'warm-up.ts'));
}

/** Runs the kernel of a connection file until it is shut down. Rejects when it cannot start. */
export async function runHost(connectionFile: string): Promise<void> {
  const connection = readConnection(connectionFile);
  const signer = new Signer(connection.key, connection.signatureScheme);
  let sockets: KernelSockets | undefined;
  let warm = false;
  const sender = new MessageSender(() => sockets, signer, new MessageFactory());
  const parents = new Parents();
  const history = new History(historyPath(), log);
  const engine: Engine = new RuntimeEngine({
    stream: (cell, name, text) =>
      sender.publish('stream', { name, text }, { parent: parents.get(cell)?.header }),
    output: (cell, output) => executor.output(cell, output),
    error: (cell, error) => sender.publish('error', { ...error }, { parent: parents.get(cell)?.header }),
    comm: (cell, message, buffers) => comms.send(cell, message, buffers),
    input: (cell, prompt, password) => input.ask(parents.get(cell), prompt, password),
    ask: (cell, question) => questions.answer(cell, question),
    payload: (cell, payload) => executor.payload(cell, payload),
    died: (death) => {
      log(death.reason);
      executor.stateLost(death);
      comms.closeAll();
    },
  });
  const input = new InputBroker({ sender, reply: (value, error) => engine.reply(value, error), log });
  const language = new Language({
    ask: (query, timeout) => engine.query(query, timeout),
    folder: process.cwd(),
    typed: process.env.DESCENT_LANGUAGE_SERVER !== 'off',
    known: (name) => executor.knows(name),
    hasJsx: () => jsxOptions(join(process.cwd(), 'cell.ts')) !== undefined,
    log,
  });
  const typecheck = new Typecheck({
    language,
    publish: (data, { header: parent }) =>
      sender.publish('display_data', { data, metadata: {}, transient: {} }, { parent }),
    log,
  });
  const comms = new CommRouter({ sender, engine: () => engine, parents, turn: () => subshell.turn });
  const executor: CellExecutor = new CellExecutor({
    ...{ sender, parents, history, language, typecheck, input },
    engine: () => engine,
    subshell: () => subshell,
  });
  const questions = new HostQuestions({
    language,
    payload: (cell, payload) => executor.payload(cell, payload),
    history,
    names: () => executor.names,
    types: (names) => language.typesOf(names),
    typecheck: async (mode) => typecheck.set(mode),
    packagesChanged: async () => language.packagesChanged(),
    reset: () => engine.reset(),
  });
  const subshell = new Subshell(
    null,
    (request) => executor.run(request),
    (request) => executor.abort(request),
  );
  const shutdown = async (): Promise<void> => {
    history.flush();
    typecheck.close();
    language.close();
    await engine.shutdown();
    await sockets?.close();
    process.exit(0);
  };
  const handlers = new Map<string, Handler>([
    ...controlHandlers({
      version: packageVersion(),
      history,
      interrupt: () => executor.interrupt(),
      shutdown: () => void shutdown(),
    }),
    ...languageHandlers(language),
    ...comms.handlers(),
  ]);
  const parts: DispatchParts = {
    ...{ signer, sender, handlers, log },
    execute: (request: Message) => subshell.push(request),
    input: (reply) => input.receive(reply),
    running: () => executor.current,
    answered: () => {
      if (!warm) setImmediate(warmUp);
      warm = true;
    },
  };
  const dispatcher = new Dispatcher(parts);
  sockets = await openSockets(connection, {
    request: (channel, frames) => dispatcher.receive(channel, frames),
    subscribed: (topic) => sender.welcome(topic),
    failed: (port, error) => log(`${port}: ${error.message}`),
  }).catch(async (error: unknown) => {
    await engine.shutdown();
    throw error;
  });
  sender.status('starting', undefined);
  process.on('SIGINT', () => void executor.interrupt());
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutdown());
  watchParent(() => void shutdown());
}
