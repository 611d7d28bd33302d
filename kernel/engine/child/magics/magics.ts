import { performance } from 'node:perf_hooks';
import { parseOptions } from '../../../cells/magics/options.ts';
import { magicNamed } from '../../../cells/magics/table.ts';
import type { Asker } from '../ask.ts';
import type { Channel } from '../channel.ts';
import { currentCell } from '../context.ts';
import type { InputFunctions } from '../input.ts';
import type { RingWriter } from '../ring.ts';
import { Capturing } from './captured.ts';
import { Commands } from './commands.ts';
import { Npm } from './npm.ts';
import { magicTable, type Run } from './run.ts';
import { Shell } from './shell.ts';
import { shellTag } from './tag.ts';
import { Timing } from './time.ts';
import { type Loop, report, type TimeitResult, timed, timeitOptions } from './timeit.ts';
import { UsageError } from './usage.ts';
import { textOf } from './words.ts';

export interface MagicsParts {
  channel: Channel;
  ring: RingWriter;
  asker: Asker;
  input: InputFunctions['input'];
  /** The notebook's. */
  folder: string;
}

/** The magics as cells call them through the hidden global. */
export class Magics {
  readonly timing: Timing;
  readonly capturing: Capturing;
  readonly #parts: MagicsParts;
  readonly #run: ReadonlyMap<string, Run>;
  readonly #shell: Shell;
  readonly #commands: Commands;

  constructor(parts: MagicsParts) {
    this.#parts = parts;
    this.timing = new Timing(parts.channel);
    this.capturing = new Capturing(parts.channel);
    this.#commands = new Commands(parts.channel, parts.ring);
    this.#shell = new Shell(parts.channel, this.#commands);
    const npm = new Npm({ ...parts, commands: this.#commands });
    this.#run = new Map(Object.entries(magicTable({ ...parts, shell: this.#shell, npm })));
  }

  /** The functions that the transform writes calls of. */
  get calls(): object {
    const { begin, time, timeCell } = this.timing;
    return {
      ...{ begin, time, timeCell, timeit: this.#timeit, now: () => performance.now() },
      captureCell: this.capturing.begin,
      line: (name: string, ...parts: unknown[]) => this.#call(name, textOf(parts), ''),
      cell: (name: string, body: string, ...parts: unknown[]) => this.#call(name, textOf(parts), body),
      shell: (...parts: unknown[]) => this.#shell.run(textOf(parts)),
      capture: (...parts: unknown[]) => this.#shell.capture(textOf(parts)),
      question: (expression: string, detail: 0 | 1) =>
        this.#parts.asker.ask({ kind: 'inspect', expression, detail }).then(() => undefined),
    };
  }

  /** What `$` is preloaded with. */
  get tag(): unknown {
    return shellTag(this.#commands);
  }

  #call(name: string, written: string, body: string): unknown {
    const magic = magicNamed(name);
    const run = this.#run.get(name);
    if (!magic || !run) throw new UsageError(`there is no magic ${name}`);
    const { options, rest } = parseOptions(magic, written.trim());
    return run({ options, text: rest, body });
  }

  #timeit = (written: string, loop: Loop): unknown => {
    const magic = magicNamed('timeit');
    const options = timeitOptions(magic ? parseOptions(magic, written).options : {});
    const { channel } = this.#parts;
    const cell = currentCell();
    const say = (result: TimeitResult): TimeitResult | undefined => {
      if (!options.isQuiet) channel.print(cell, 'stdout', report(result, options.digits));
      return options.isResult ? result : undefined;
    };
    const result = timed(loop, options);
    return 'average' in result ? say(result) : result.then(say);
  };
}
