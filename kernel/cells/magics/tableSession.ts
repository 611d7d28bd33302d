import type { Magic } from './table.ts';

/** Magics about the session: its names, its folder, its environment, its help. */
export const SESSION_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'cd', kind: 'line', usage: '%cd [folder | - | ~]' },
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
    ...{ name: 'env', kind: 'line', usage: '%env [NAME | NAME=value | NAME value]' },
    help: 'show or set environment variables',
    details: 'Without a name it gives all of them, with a name its value, which can be assigned.',
    example: '%env DEBUG=1',
  },
  {
    ...{ name: 'set_env', kind: 'line', usage: '%set_env NAME=value' },
    help: 'set an environment variable',
    details: 'The same as %env with a value.',
    example: '%set_env DEBUG=1',
  },
];
