import type { Magic } from './table.ts';

/** Magics that time TypeScript. */
export const TIME_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'time', kind: 'both', usage: '%time <statement>\n%%time\n<cell>', isCode: true },
    help: 'run once and print the time it took',
    details:
      'Wall time and the processor time of this process. An expression stays the result of its cell, declarations stay declared, and what is awaited counts.',
    example: '%time const rows = await load()',
  },
];
