import { helpOf, helpOfAll, magicList } from '../../../cells/magics/help.ts';
import { magicNamed } from '../../../cells/magics/table.ts';
import { ALIASES } from '../../../cells/magics/tableFiles.ts';
import type { HistoryLine, SessionName } from '../../protocol.ts';
import { currentCell } from '../context.ts';
import { loadToolkit } from '../preload.ts';
import { environment, setVariable } from './environment.ts';
import { loadedText, writeCell } from './files.ts';
import { changeFolder } from './folder.ts';
import { historyQuestion } from './history.ts';
import type { MagicsParts } from './magics.ts';
import type { Npm } from './npm.ts';
import type { Shell } from './shell.ts';
import { UsageError } from './usage.ts';
import { namesTable, namesText, type Variable, variables } from './variables.ts';
import { vegaSpec } from './vega.ts';

/** What a magic was given. */
interface Given {
  options: Record<string, string | true>;
  /** What follows the options. */
  text: string;
  /** Of a cell magic. */
  body: string;
}

export type Run = (given: Given) => unknown;

interface Parts extends MagicsParts {
  shell: Shell;
  npm: Npm;
}

// Cells may replace it.
const { fromEntries, entries } = Object;

const words = (text: string): string[] => (text === '' ? [] : text.split(/\s+/));

/** What each magic does, by its name; those around TypeScript are written into the cell instead. */
export function magicTable(parts: Parts): Record<string, Run> {
  const say = (line: string): void => parts.channel.print(currentCell(), 'stdout', `${line}\n`);
  return {
    ...sessionMagics(parts, say),
    ...nameMagics(parts, say),
    ...fileMagics(parts, say),
    ...displayMagics(parts),
  };
}

type Say = (line: string) => void;

function sessionMagics({ asker, input }: Parts, say: Say): Record<string, Run> {
  return {
    cd: ({ text }) => say(changeFolder(text)),
    pwd: () => process.cwd(),
    env: ({ text }) => environment(text, say),
    set_env: ({ text }) => setVariable(text, say),
    help: ({ text }) => say(helpText(text)),
    lsmagic: () => say(magicList()),
    typecheck: async ({ text }) => say(await asker.ask<string>({ kind: 'typecheck', mode: text })),
    history: async ({ options, text }) => {
      const lines = await asker.ask<HistoryLine[]>(historyQuestion(options, text));
      for (const { label, source } of lines) say(options.n ? `${label}: ${source}` : source);
    },
    reset: async ({ options }) => {
      const question = 'Once deleted, variables cannot be recovered. Proceed (y/[n])? ';
      if (!options.f && !/^\s*y(?:es)?\s*$/i.test((await input(question)) ?? '')) {
        say('Nothing done.');
        return;
      }
      await asker.ask({ kind: 'reset' });
    },
  };
}

function helpText(text: string): string {
  if (text === '') return helpOfAll();
  const magic = magicNamed(text.replace(/^%{1,2}/, ''));
  if (!magic) throw new UsageError(`%help ${text}: there is no such magic; %lsmagic lists them`);
  return helpOf(magic);
}

function nameMagics({ asker }: Parts, say: Say): Record<string, Run> {
  const found = async (text: string): Promise<Variable[]> => {
    const names = await asker.ask<SessionName[]>({ kind: 'names' });
    const types = await asker.ask<Record<string, string>>({
      kind: 'types',
      names: names.map(({ name }) => name),
    });
    return variables(names, types, words(text));
  };
  return {
    who: async ({ text }) => say(namesText(await found(text))),
    whos: async ({ text }) => say(namesTable(await found(text))),
    who_ls: async ({ text }) => (await found(text)).map(({ name }) => name),
  };
}

function fileMagics({ channel, shell, npm }: Parts, say: Say): Record<string, Run> {
  const script =
    (program: string): Run =>
    ({ text, body }) =>
      shell.script(program, words(text), body);
  const aliases = entries(ALIASES).map(([name, command]): [string, Run] => [
    name,
    ({ text }) => shell.run(`${command} ${text}`),
  ]);
  return {
    ...fromEntries(aliases),
    ...{ bash: script('bash'), sh: script('sh') },
    npm: ({ text }) => npm.run(text),
    writefile: ({ options, text, body }) => say(writeCell(text, body, options.a === true)),
    load: ({ options, text }) => {
      const loaded = loadedText(text, options.r === undefined ? undefined : String(options.r));
      const payload = { source: 'set_next_input', text: loaded, replace: true };
      channel.send({ ev: 'payload', cell: currentCell(), payload });
    },
  };
}

function displayMagics({ channel }: Parts): Record<string, Run> {
  const show =
    (type: string): Run =>
    ({ body }) => {
      const data = { [type]: body, 'text/plain': body.trim() };
      channel.send({ ev: 'output', cell: currentCell(), type: 'display', data, metadata: {} });
    };
  const javascript = show('application/javascript');
  return {
    ...{ html: show('text/html'), markdown: show('text/markdown'), latex: show('text/latex') },
    ...{ svg: show('image/svg+xml'), javascript, js: javascript },
    vega: ({ body }) => {
      const { spec, isLite } = vegaSpec(body);
      const { display, vegaLite } = loadToolkit('display') as {
        display(value: unknown, options?: { raw: boolean }): unknown;
        vegaLite(spec: object): unknown;
      };
      if (isLite) display(vegaLite(spec));
      else display({ 'application/vnd.vega.v5+json': spec, 'text/plain': 'a Vega chart' }, { raw: true });
    },
  };
}
