// The public module of the package tslab, for notebooks that import it, without its kernel and its compiler.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { name, version, license } = require('tslab/package.json');
const compiler = require('@tslab/typescript-for-tslab/package.json');
const stand = join(import.meta.dirname, '../kernel/engine/child/tslabJupyter.ts');

const withoutKernel = {
  name: 'tslab-without-kernel',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/jupyter$/ }, () => ({ path: 'jupyter', namespace: 'stand' }));
    onLoad({ filter: /^jupyter$/, namespace: 'stand' }, () => ({
      contents: `module.exports = require(${JSON.stringify(stand)}).jupyter;`,
      resolveDir: import.meta.dirname,
    }));
    // It is asked for its version only.
    onResolve({ filter: /^@tslab\/typescript-for-tslab$/ }, () => ({ path: 'compiler', namespace: 'stand' }));
    onLoad({ filter: /^compiler$/, namespace: 'stand' }, () => ({
      contents: `exports.version = ${JSON.stringify(compiler.version)};`,
    }));
  },
};

export const tslabTypes = require.resolve('tslab/dist/public.d.ts');

export const tslabOptions = {
  format: 'cjs',
  packages: 'bundle',
  entryPoints: [require.resolve('tslab')],
  plugins: [withoutKernel],
  banner: { js: `// From ${name} ${version}, Copyright 2019 Yu Watanabe, ${license}` },
};
