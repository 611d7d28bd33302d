import type { Magic } from './table.ts';

/** Magics about the packages that cells import. */
export const PACKAGE_MAGICS: readonly Magic[] = [
  {
    ...{ name: 'npm', kind: 'line', usage: '%npm <command> [argument …]', isAsync: true },
    help: "npm in the notebook's folder, as in %npm install lodash",
    details:
      'A package that was installed can be imported by the next cell; one that had been imported before needs a ' +
      'restart. Where the folder has no package.json, one is made. A failure is an error of the cell.',
    example: '%npm install lodash',
  },
];
