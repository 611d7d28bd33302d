import type { Magic } from './table.ts';

const script = (name: string, example: string): Magic => ({
  ...{ name, kind: 'cell', usage: `%%${name} [option …] [argument …]\n<script>`, isAsync: true },
  help: `run the cell as a script of ${name}`,
  details: `What it prints is shown while it runs; the exit code is left in \`_exit_code\`. The options are those of the shell, as in \`%%${name} -e\`.`,
  example,
});

/** Commands that are magics, as in IPython. */
export const ALIASES: Readonly<Record<string, string>> = {
  ...{ cat: 'cat', cp: 'cp', ll: 'ls -la', ls: 'ls', mkdir: 'mkdir', mv: 'mv', rm: 'rm', rmdir: 'rmdir' },
};

const alias = ([name, command]: [string, string]): Magic => ({
  ...{ name, kind: 'line', usage: `%${name} [argument …]`, isAsync: true, completes: 'files' },
  help: `the shell command ${command}`,
  details: `The same as !${command}.`,
  example: `%${name} data`,
});

/** Magics that read, write or run files and programs. */
export const FILE_MAGICS: readonly Magic[] = [
  script('bash', '%%bash\nfor n in 1 2 3; do echo "$n"; done'),
  script('sh', '%%sh\nuname -a'),
  ...Object.entries(ALIASES).map(alias),
  {
    ...{ name: 'load', kind: 'line', usage: '%load [-r first-last] <file>', completes: 'files' },
    options: [{ flag: 'r', value: 'first-last', help: 'only these lines' }],
    help: 'put the text of a file into the cell',
    details: 'The text takes the place of the cell; the magic is kept above it as a comment.',
    example: '%load -r 1-20 model.ts',
  },
  {
    ...{ name: 'writefile', kind: 'cell', usage: '%%writefile [-a] <file>\n<text>', completes: 'files' },
    options: [{ flag: 'a', help: 'append to the file' }],
    help: 'write the cell to a file',
    details: 'A file that is there is overwritten; folders are not made.',
    example: '%%writefile double.ts\nexport const double = (n: number) => 2 * n;',
  },
];
