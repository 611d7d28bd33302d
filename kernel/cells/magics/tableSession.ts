import type { Magic } from './table.ts';

const OF_CELLS = 'The names are those that cells have declared: variables, functions, classes and imports.';

/** Magics about the session: its names, its folder, its environment, its help. */
export const SESSION_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'cd', kind: 'line', usage: '%cd [folder | - | ~]', completes: 'folders' },
    help: 'go to another folder',
    details:
      'Without a folder it goes home; `-` goes back to the folder before. Later shell commands run there.',
    example: '%cd data',
  },
  {
    ...{ name: 'pwd', kind: 'line', usage: '%pwd' },
    help: 'the folder that the cells run in',
    details: 'The value can be assigned.',
    example: 'const folder = %pwd',
  },
  {
    ...{ name: 'env', kind: 'line', usage: '%env [NAME | NAME=value | NAME value]', completes: 'variables' },
    help: 'show or set environment variables',
    details: 'Without a name it gives all of them, with a name its value, which can be assigned.',
    example: '%env DEBUG=1',
  },
  {
    ...{ name: 'set_env', kind: 'line', usage: '%set_env NAME=value', completes: 'variables' },
    help: 'set an environment variable',
    details: 'The same as %env with a value.',
    example: '%set_env DEBUG=1',
  },
  {
    ...{ name: 'who', kind: 'line', usage: '%who [type …]', isAsync: true },
    help: 'the names of the session',
    details: `${OF_CELLS} With types only names of these types.`,
    example: '%who function',
  },
  {
    ...{ name: 'who_ls', kind: 'line', usage: '%who_ls [type …]', isAsync: true },
    help: 'the names of the session, as a list',
    details: `${OF_CELLS} With types only names of these types. The list can be assigned.`,
    example: 'const names = %who_ls number string',
  },
  {
    ...{ name: 'whos', kind: 'line', usage: '%whos [type …]', isAsync: true },
    help: 'the names of the session with their types and values',
    details: `${OF_CELLS} With types only names of these types.`,
    example: '%whos Array',
  },
  {
    ...{ name: 'reset', kind: 'line', usage: '%reset [-f]', isAsync: true, isAlone: true },
    options: [{ flag: 'f', help: 'do not ask' }],
    help: 'begin with a fresh runtime',
    details: 'All names, imports, timers and memory are gone. It asks before, and stands alone in its cell.',
    example: '%reset -f',
  },
  {
    ...{ name: 'history', kind: 'line', isAsync: true },
    usage: '%history [-n] [-u] [-l N] [-g pattern] [range …]',
    options: [
      { flag: 'n', help: 'with the numbers of the cells' },
      { flag: 'u', help: 'only the last of cells that are equal' },
      { flag: 'l', value: 'N', help: 'the last N cells, of earlier sessions too' },
      { flag: 'g', value: 'pattern', help: 'cells of all sessions that hold the pattern, with * and ?' },
    ],
    help: 'print the cells that were run',
    details:
      'Without options the cells of this session. A range is `4`, `4-6` (both counted), or `~2/4-6` in the session before the last.',
    example: '%history -n 1-5',
  },
  {
    ...{ name: 'typecheck', kind: 'line', usage: '%typecheck [off | warn | error]', isAsync: true },
    values: ['off', 'warn', 'error'],
    help: 'what type errors do',
    details: 'Without a word it says what holds.',
    example: '%typecheck warn',
  },
  {
    ...{ name: 'help', kind: 'line', usage: '%help [magic]', completes: 'magics' },
    help: 'list the magics, or explain one',
    details: '`%name?` explains one as well.',
    example: '%help timeit',
  },
  {
    ...{ name: 'lsmagic', kind: 'line', usage: '%lsmagic' },
    help: 'list the names of the magics',
    details: '%help says what each does.',
    example: '%lsmagic',
  },
];
