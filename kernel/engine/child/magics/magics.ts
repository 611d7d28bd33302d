import { parseOptions } from '../../../cells/magics/options.ts';
import { magicNamed } from '../../../cells/magics/table.ts';
import type { Asker } from '../ask.ts';
import type { Channel } from '../channel.ts';
import { currentCell } from '../context.ts';
import { Commands } from './commands.ts';
import { environment, setVariable } from './environment.ts';
import { changeFolder } from './folder.ts';
import { Shell } from './shell.ts';
import { defineShellTag } from './tag.ts';
import { Timing } from './time.ts';
import { UsageError } from './usage.ts';
import { textOf } from './words.ts';

/** What a magic was given. */
interface Given {
  options: Record<string, string | true>;
  /** What follows the options. */
  text: string;
  /** Of a cell magic. */
  body: string;
}

type Run = (given: Given) => unknown;

interface MagicsParts {
  channel: Channel;
  asker: Asker;
}

/** The magics as cells call them through the hidden global. */
export class Magics {
  readonly timing: Timing;
  readonly #parts: MagicsParts;
  readonly #run: ReadonlyMap<string, Run>;
  readonly #shell: Shell;

  constructor(parts: MagicsParts) {
    this.#parts = parts;
    this.timing = new Timing(parts.channel);
    const commands = new Commands(parts.channel);
    this.#shell = new Shell(parts.channel, commands);
    defineShellTag(commands);
    this.#run = new Map(Object.entries(this.#table()));
  }

  /** The functions that the transform writes calls of. */
  get calls(): object {
    const { begin, time, timeCell } = this.timing;
    return {
      ...{ begin, time, timeCell },
      line: (name: string, ...parts: unknown[]) => this.#call(name, textOf(parts), ''),
      cell: (name: string, body: string, ...parts: unknown[]) => this.#call(name, textOf(parts), body),
      shell: (...parts: unknown[]) => this.#shell.run(textOf(parts)),
      question: (expression: string, detail: 0 | 1) =>
        this.#parts.asker.ask({ kind: 'inspect', expression, detail }).then(() => undefined),
      capture: (...parts: unknown[]) => this.#shell.capture(textOf(parts)),
    };
  }

  #call(name: string, written: string, body: string): unknown {
    const magic = magicNamed(name);
    const run = this.#run.get(name);
    if (!magic || !run) throw new UsageError(`there is no magic ${name}`);
    const { options, rest } = parseOptions(magic, written);
    return run({ options, text: rest, body });
  }

  #table(): Record<string, Run> {
    const say = (line: string): void => this.#parts.channel.print(currentCell(), 'stdout', `${line}\n`);
    const script =
      (program: string): Run =>
      ({ text, body }) =>
        this.#shell.script(program, text === '' ? [] : text.split(/\s+/), body);
    return {
      cd: ({ text }) => say(changeFolder(text)),
      pwd: () => process.cwd(),
      env: ({ text }) => environment(text, say),
      set_env: ({ text }) => setVariable(text, say),
      bash: script('bash'),
      sh: script('sh'),
      html: ({ body }) => this.#show({ 'text/html': body }),
    };
  }

  #show(data: Record<string, unknown>): void {
    this.#parts.channel.send({ ev: 'output', cell: currentCell(), type: 'display', data, metadata: {} });
  }
}
