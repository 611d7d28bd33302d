import type { Magic } from './table.ts';

/** Magics that show the rest of their cell. */
export const DISPLAY_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'html', kind: 'cell', usage: '%%html\n<markup>' },
    help: 'show the cell as HTML',
    details: 'The markup is sent as it stands.',
    example: '%%html\n<b>bold</b>',
  },
];
