import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Output, readNotebook } from '../../../kernel/notebook/notebook.ts';
import { descent } from '../../kernel/cli/program.ts';
import { root } from '../support/chapter.ts';
import { examples } from './examples.ts';

const fixtures = join(root, 'test/notebooks/tslab/fixtures');
const examplesFolder = process.env.TSLAB_EXAMPLES;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-tslab-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a notebook as it is; what its code cells showed, an output as its MIME type (or stream) and text. */
async function run(
  path: string,
): Promise<{ code: number | null; stderr: string; cells: [string, string][][] }> {
  const { code, stderr } = await descent(['run', path, '--ipynb', '--output-dir', folder]);
  const name = /([^/]+)\.ipynb$/.exec(path)?.[1];
  const { cells } = await readNotebook(join(folder, `${name}.executed.ipynb`));
  const shown = cells.flatMap((cell) => (cell.cell_type === 'code' ? [cell.outputs.flatMap(entriesOf)] : []));
  return { code, stderr, cells: shown };
}

function entriesOf(output: Output): [string, string][] {
  if (output.output_type === 'stream') return [[output.name, textOf(output.text)]];
  if (output.output_type === 'error') return [['error', output.evalue]];
  return Object.entries(output.data).map(([mime, value]) => [mime, textOf(value)]);
}

/** Results are coloured. */
const textOf = (value: unknown): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape of terminal colours
  (Array.isArray(value) ? value.join('') : String(value)).replace(/\u001b\[\d+m/g, '');

describe('a notebook written for tslab', () => {
  it('in TypeScript shows all of its outputs', async () => {
    const { code, cells } = await run(join(fixtures, 'tour.ipynb'));
    expect(cells).toEqual([
      [['stdout', 'tslab typescript node\n']],
      [['text/plain', '25']],
      [['text/plain', "'slept'"]],
      [['text/plain', 'Promise { <pending> }']],
      [['text/html', '<b style="color:#007ACC">Type</b>Script']],
      [['image/png', expect.stringMatching(/^iVBORw0KGgo.*=$/)]],
      [
        ['text/markdown', '**bold**'],
        ['text/latex', '$\\sqrt{2}$'],
        ['image/svg+xml', expect.stringContaining('<circle')],
        ['text/javascript', 'element.append("from JavaScript")'],
        ['application/json', '{"answer":42}'],
      ],
      [['text/plain', 'progress: 100%']],
      [['text/html', '<b>computed</b>']],
      [['stdout', '{ a: 1, c: [ 2, 3 ] }\nundefined 0\n']],
      [['text/plain', '[ 2, 4, 6 ]']],
      [['text/plain', '3']],
    ]);
    expect(code).toBe(0);
  });

  it('in JavaScript as well', async () => {
    const { code, cells } = await run(join(fixtures, 'tour-javascript.ipynb'));
    expect(cells).toEqual([
      [['stdout', 'tslab typescript node\n']],
      [['stdout', 'Hello, JavaScript\n']],
      [['stdout', '123 hello\n']],
      [
        ['text/html', '<b>Java</b>Script'],
        ['text/plain', 'true'],
      ],
      [['text/plain', 'true']],
      [['text/plain', "'\\n'"]],
      [['text/plain', 'step 3']],
      [
        ['image/jpeg', '/9j/2Q=='],
        ['text/plain', '42'],
      ],
    ]);
    expect(code).toBe(0);
  });
});

describe('the types of tslab', () => {
  it.each([
    ['of the package', {}],
    ['that come with the kernel', { paths: { tslab: [join(root, 'dist/kernel/tslab.d.cts')] } }],
  ])('%s fit its imports', async (_what, options) => {
    const lines = [
      "import * as tslab from 'tslab';",
      "import { display, newDisplay, type Display } from 'tslab';",
      'const handle: Display = newDisplay();',
      'handle.png(new Uint8Array());',
      "display.raw('text/html', tslab.versions.tslab);",
      '// @ts-expect-error: text is wanted',
      'display.html(5);',
    ];
    mkdirSync(join(root, '.cache'), { recursive: true });
    const place = mkdtempSync(join(root, '.cache/tslab-types-'));
    try {
      writeFileSync(join(place, 'cell.ts'), lines.join('\n'));
      const compilerOptions = {
        strict: true,
        module: 'nodenext',
        target: 'es2022',
        noEmit: true,
        ...options,
      };
      writeFileSync(
        join(place, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: { types: [], ...compilerOptions }, files: ['cell.ts'] }),
      );
      const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
      const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', place]).catch(
        (error: { stdout: string }) => error,
      );
      expect(stdout).toBe('');
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});

/** They are not part of this repository: TSLAB_EXAMPLES is a folder with checkouts of both, by name. */
if (examplesFolder) {
  it.each(examples)('$repository $notebook', async ({ repository, notebook, lacks, shows }) => {
    const { code, stderr, cells } = await run(join(examplesFolder, repository, notebook));
    if (lacks === undefined) expect(stderr).not.toContain('failed');
    else expect(stderr).toContain(lacks.error);
    expect(code).toBe(lacks === undefined ? 0 : 1);
    const all = cells.flat().map(([mime, text]) => `${mime} ${text}`);
    for (const expected of shows) expect(all).toContainEqual(expect.stringContaining(expected));
  });
}
