import type { Magic } from './table.ts';

/** Magics that read, write or run files and programs. */
export const FILE_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'bash', kind: 'cell', usage: '%%bash\n<script>', isAsync: true },
    help: 'run the cell as a script of bash',
    details: 'What it prints is shown while it runs; the exit code is left in `_exit_code`.',
    example: '%%bash\nfor n in 1 2 3; do echo "$n"; done',
  },
  {
    ...{ name: 'sh', kind: 'cell', usage: '%%sh\n<script>', isAsync: true },
    help: 'run the cell as a script of sh',
    details: 'What it prints is shown while it runs; the exit code is left in `_exit_code`.',
    example: '%%sh\nuname -a',
  },
];
