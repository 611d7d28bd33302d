import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../client/program.ts';
import { repair } from './advice.ts';
import { manifest } from './manifest.ts';
import { askNode } from './programs.ts';
import type { Finding } from './types.ts';

/** Packages that hold fonts, declarations or what only a page can load: that they are there is enough. */
const FILES = /^(?:dejavu-fonts-ttf$|@types\/|plotly\.js-)/;

export async function checkZeromq(program: Program): Promise<Finding[]> {
  const answer = await askNode(program.root, "console.log((await import('zeromq')).version)");
  if (answer.ok) return [{ topic: 'ZeroMQ', status: 'ok', text: answer.stdout }];
  const text = `zeromq does not load: ${answer.problem}`;
  return [{ topic: 'ZeroMQ', status: 'problem', text, fix: repair(program) }];
}

/** Loads every package that this one depends on, but for zeromq, which has a check of its own. */
export async function checkPackages(program: Program): Promise<Finding[]> {
  const topic = 'Packages';
  const names = Object.keys(manifest(program).dependencies ?? {}).filter((name) => name !== 'zeromq');
  const code = `
    import { createRequire } from 'node:module';
    const failures = [];
    for (const name of ${JSON.stringify(names)}) {
      try {
        const require = createRequire(process.cwd() + '/');
        if (${FILES}.test(name)) {
          require.resolve(name + '/package.json');
          continue;
        }
        // Its program is a package of its own.
        if (name === 'typescript') {
          const compiler = '@typescript/typescript-' + process.platform + '-' + process.arch;
          createRequire(require.resolve('typescript/package.json')).resolve(compiler + '/package.json');
        }
        const loaded = await import(name);
        // So is that of esbuild, which its package starts.
        if (name === 'esbuild') loaded.transformSync('');
      } catch (error) {
        failures.push(name + ' does not load: ' + String(error?.message ?? error).split('\\n')[0]);
      }
    }
    console.log(JSON.stringify(failures));
    process.exit();`;
  const answer = await askNode(program.root, code);
  const fix = repair(program);
  if (!answer.ok) return [{ topic, status: 'problem', text: `do not load: ${answer.problem}`, fix }];
  const failures = JSON.parse(answer.stdout.split('\n').at(-1) ?? '') as string[];
  if (failures.length === 0) return [{ topic, status: 'ok', text: `all ${names.length} load` }];
  return failures.map((text) => ({ topic, status: 'problem', text, fix }));
}

/** The built files that are not there. */
export function missingFiles({ root }: Program): string[] {
  const files = [
    ...[
      'main.js',
      'runtime.cjs',
      'interrupter.cjs',
      'transformer.cjs',
      'typed.cjs',
      'tslab.cjs',
      'tfjs.mjs',
      'tfjsReady.mjs',
    ].map((name) => join('kernel', name)),
    ...['backend', 'display'].map((folder) => join('src', folder, 'index.js')),
    join('src', 'index.js'),
  ];
  return files.map((name) => join(root, 'dist', name)).filter((path) => !existsSync(path));
}
