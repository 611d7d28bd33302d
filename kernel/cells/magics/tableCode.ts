import type { Magic } from './table.ts';

/** Magics around TypeScript: they time it or keep what it prints. */
export const CODE_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'capture', kind: 'cell', usage: '%%capture [name]\n<cell>', isCode: true },
    help: 'run the cell and keep what it prints and shows',
    details:
      'The name is declared with `.stdout`, `.stderr`, `.outputs` and `.show()`; without one the output is dropped.',
    example: '%%capture out\nconsole.log("quiet")',
  },
  {
    ...{ name: 'time', kind: 'both', usage: '%time <statement>\n%%time\n<cell>', isCode: true },
    help: 'run once and print the time it took',
    details:
      'Wall time and the processor time of this process. An expression stays the result of its cell, declarations stay declared, and what is awaited counts.',
    example: '%time const rows = await load()',
  },
  {
    ...{ name: 'timeit', kind: 'both', isCode: true },
    usage:
      '%timeit [-n N] [-r R] [-p P] [-q] [-o] <statement>\n%%timeit [-n N] [-r R] [-p P] [-q] [-o] [setup]\n<statements>',
    options: [
      { flag: 'n', value: 'N', help: 'run it N times in a loop; as often as fills 0.2 s if left out' },
      { flag: 'r', value: 'R', help: 'repeat the loop R times, 7 if left out' },
      { flag: 'p', value: 'P', help: 'print P digits, 3 if left out' },
      { flag: 'q', help: 'print nothing' },
      { flag: 'o', help: 'give the result: average, stdev, best, worst, allRuns, loops, repeat' },
    ],
    help: 'run many times and print the mean time',
    details:
      'The code stands in the loop itself. What it declares is gone afterwards; the setup of %%timeit is run once before each loop and not timed.',
    example: '%timeit -n 1000 [3, 1, 2].toSorted()',
  },
];
