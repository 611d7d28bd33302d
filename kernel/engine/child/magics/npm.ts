import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Asker } from '../ask.ts';
import type { Channel } from '../channel.ts';
import { currentCell } from '../context.ts';
import { type Installed, installedIn, isInUse } from '../loadedPackages.ts';
import type { Commands } from './commands.ts';
import { NpmError, npmError } from './npmErrors.ts';
import { findNpm, wordsOf } from './npmProgram.ts';
import { NpmProgress } from './npmProgress.ts';
import { UsageError } from './usage.ts';

export interface NpmParts {
  channel: Channel;
  commands: Commands;
  asker: Asker;
  /** The notebook's. */
  folder: string;
}

// Cells may replace it.
const { Promise: OwnPromise } = globalThis;

/** Commands that change what is installed, by all the names that npm has for them. */
const CHANGES =
  /^(?:i|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall|install|add|ci|clean-install|ic|install-clean|un|unlink|uninstall|remove|rm|r|up|update|upgrade|udpate|dedupe|ddp|prune|link|ln|rebuild|rb|it|install-test|cit)$/;
/** Such a command is about another folder. */
const ELSEWHERE = /^(?:-g|--global|--location=global|--prefix(?:=.*)?|-C)$/;
/** Noise, and what only a terminal can answer. */
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** `%npm`: runs npm in the notebook's folder, and the next cell imports what it has installed. */
export class Npm {
  readonly #parts: NpmParts;

  constructor(parts: NpmParts) {
    this.#parts = parts;
  }

  async run(text: string): Promise<void> {
    const words = wordsOf(text);
    const command = words.find((word) => !word.startsWith('-'));
    if (command === undefined && words.length === 0) {
      throw new UsageError('%npm needs a command, as in %npm install lodash, %npm uninstall lodash, %npm ls');
    }
    const isChange = CHANGES.test(command ?? '') && !words.some((word) => ELSEWHERE.test(word));
    if (!isChange) {
      // Where something is outdated npm leaves with an exit code, and has said all.
      await this.#npm(words, `npm ${command ?? words[0]}`, command === 'outdated');
      return;
    }
    const { folder, asker } = this.#parts;
    this.#preparePackageJson(`%npm ${command}`);
    const before = installedIn(folder);
    await this.#npm([...words, ...QUIET, '--loglevel=http'], `npm ${command}`);
    this.#tellInUse(before, installedIn(folder));
    await asker.ask({ kind: 'packages-changed', folder });
  }

  /** Without one npm would install into a folder above. */
  #preparePackageJson(command: string): void {
    const { folder } = this.#parts;
    try {
      accessSync(folder, constants.W_OK);
      const file = join(folder, 'package.json');
      if (existsSync(file)) return;
      writeFileSync(file, '{\n  "private": true\n}\n', { flag: 'wx' });
      this.#say(`made package.json in ${folder}\n`);
    } catch (error) {
      const { code = 'an error' } = error as NodeJS.ErrnoException;
      throw new NpmError(
        `${command}: the notebook's folder ${folder} cannot be written to (${code}); make it writable, or move the notebook`,
        1,
        code,
      );
    }
  }

  async #npm(args: readonly string[], command: string, mayFail = false): Promise<void> {
    const { channel, commands, folder } = this.#parts;
    const npm = findNpm();
    if (!npm) {
      const node = dirname(process.execPath);
      throw new Error(
        `npm was found neither beside Node (${node}) nor on PATH; it comes with Node from nodejs.org, and some systems have it as the package npm`,
      );
    }
    const { PATH = '' } = process.env;
    const child = commands.spawn(npm.program, [...npm.args, ...args], {
      cwd: folder,
      env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${PATH}` },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const cell = currentCell();
    const progress = new NpmProgress((text) => channel.print(cell, 'stderr', text));
    const exitCode = await new OwnPromise<number>((resolve, reject) => {
      const { stderr } = child as { stderr: Readable | null };
      stderr?.setEncoding('utf8').on('data', (chunk: string) => progress.take(chunk));
      child.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
      child.on('close', (code: number | null) => resolve(code ?? 1));
    });
    progress.end();
    if (exitCode !== 0 && !(mayFail && progress.errors === ''))
      throw npmError(command, exitCode, progress.errors);
  }

  /** Modules that were loaded stay as they are: others hold on to them. */
  #tellInUse(before: ReadonlyMap<string, Installed>, after: ReadonlyMap<string, Installed>): void {
    const { folder } = this.#parts;
    for (const [place, old] of before) {
      const now = after.get(place);
      if (now?.identity === old.identity || !isInUse(join(folder, place))) continue;
      const name = place.replace(/^.*node_modules\//, '');
      const to = now ? `is ${now.version} now` : 'has been removed';
      this.#say(`${name} ${to}, but ${old.version} is in use: restart the kernel to change over\n`);
    }
  }

  #say(text: string): void {
    this.#parts.channel.print(currentCell(), 'stdout', text);
  }
}
