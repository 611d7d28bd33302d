import type { KernelClient } from '../../client/client.ts';
import { type Exit, KernelDiedError } from '../../client/errors.ts';
import { startKernel } from '../../client/start.ts';
import { reportError } from '../errors.ts';
import { History } from './history.ts';
import { Lines } from './lines.ts';
import { completeLine, Session } from './session.ts';

function openLines(client: KernelClient, session: () => Session): Lines {
  return new Lines({
    input: process.stdin,
    output: process.stdout,
    history: new History(),
    complete: (line) => completeLine(client, session().before, line),
    onInterrupt: () => {
      client.interrupt().catch(() => {});
    },
  });
}

/** `descent console` */
export async function runConsole(): Promise<number> {
  const client = await startKernel();
  const end = (): never => process.exit(143);
  // A terminal in raw mode hands Ctrl-C to readline; from a pipe it comes as a signal.
  const interrupt = (): void => {
    client.interrupt().catch(() => {});
  };
  process.on('SIGINT', interrupt).on('SIGTERM', end).on('SIGHUP', end);
  const lines: Lines = openLines(client, () => session);
  const session = new Session(client, lines);
  let exit = undefined as Exit | undefined;
  client.process?.exited.then((ended) => {
    exit = ended;
    lines.close();
  });
  try {
    const { banner } = client.info;
    if (lines.isTerminal) lines.print(`${String(banner ?? '')}\nCtrl-D ends the session.\n`);
    await session.run();
    if (exit) throw new KernelDiedError(exit);
    return 0;
  } catch (error) {
    return reportError(error);
  } finally {
    lines.close();
    await client.shutdown();
    process.off('SIGINT', interrupt).off('SIGTERM', end).off('SIGHUP', end);
  }
}
