import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MINUTE = 60_000;
const root = new URL('../..', import.meta.url).pathname;
const chapter = join(root, 'notebooks/01-loss-functions.ipynb');
let folder: string;
let files: string[];

interface Packed {
  filename: string;
  files: { path: string }[];
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-package-'));
  // The build is there already: packing must not replace it under other tests.
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const output = execFileSync('npm', args, { cwd: root, encoding: 'utf8', timeout: MINUTE });
  const [packed] = JSON.parse(output) as Packed[];
  files = (packed?.files ?? []).map(({ path }) => path);
  mkdirSync(join(folder, 'user'));
  writeFileSync(join(folder, 'user/package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', join(folder, packed?.filename ?? '')], {
    cwd: join(folder, 'user'),
    stdio: 'ignore',
    timeout: 5 * MINUTE,
  });
}, 7 * MINUTE);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what is needed and no more', () => {
    const outside = files.filter((path) => !/^(?:dist\/(?:kernel|src)|kernel\/assets)\//.test(path));
    expect(outside.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(files).toContain('dist/kernel/main.js');
    expect(files).toContain('dist/src/losses/index.d.ts');
    expect(files.filter((path) => /\.(?:map|ts)$/.test(path) && !path.endsWith('.d.ts'))).toEqual([]);
  });

  it('runs chapter 1 where it is installed', { timeout: 5 * MINUTE }, () => {
    const user = join(folder, 'user');
    const descent = join(user, 'node_modules/.bin/descent');
    const options = {
      cwd: user,
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 4 * MINUTE,
      env: { ...process.env, HOME: folder, DESCENT_HISTORY: join(folder, 'history') },
    } as const;
    execFileSync(descent, ['run', chapter, '--html', '--output-dir', join(folder, 'out')], options);
    const page = readFileSync(join(folder, 'out/01-loss-functions.html'), 'utf8');
    expect(page.match(/data:image\/png/g)?.length ?? 0).toBeGreaterThanOrEqual(4);
    execFileSync(descent, ['install', '--prefix', join(folder, 'prefix')], options);
    expect(existsSync(join(folder, 'prefix/share/jupyter/kernels/descent/logo-64x64.png'))).toBe(true);
  });

  it('runs a notebook for tslab without that package, whose compiler would take the name tsc', {
    timeout: MINUTE,
  }, () => {
    const user = join(folder, 'user');
    const notebook = join(root, 'test/notebooks/tslab/fixtures/tour.ipynb');
    const descent = join(user, 'node_modules/.bin/descent');
    const options = { cwd: user, stdio: 'pipe', env: { ...process.env, HOME: folder } } as const;
    execFileSync(descent, ['run', notebook, '--ipynb', '--output-dir', join(folder, 'out')], options);
    expect(readFileSync(join(folder, 'out/tour.executed.ipynb'), 'utf8')).toContain('<b>computed</b>');
    for (const path of ['tslab', '@tslab']) {
      expect(existsSync(join(user, 'node_modules', path))).toBe(false);
    }
    const tsc = execFileSync(join(user, 'node_modules/.bin/tsc'), ['--version'], { encoding: 'utf8' });
    expect(tsc.trim()).toMatch(/^Version 7\./);
  });

  it('gives a plain program the toolkit, typed', { timeout: MINUTE }, () => {
    const user = join(folder, 'user');
    const program =
      "import { huber } from 'descent-kernel/losses'; import { tf } from 'descent-kernel';" +
      'await tf.ready(); console.log((await huber([1, 2], [1, 4]).data())[0]);';
    writeFileSync(join(user, 'program.mjs'), program);
    const output = execFileSync(process.execPath, ['program.mjs'], { cwd: user, encoding: 'utf8' });
    // Huber with δ = 1 of the errors 0 and 2: (0 + 1·(2 − ½)) / 2.
    expect(output).toBe('0.75\n');
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const source =
      "import { huber } from 'descent-kernel/losses';\nexport const loss = huber([1], [2]).dataSync();\n";
    writeFileSync(join(user, 'program.mts'), source);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'];
    execFileSync(process.execPath, [tsc, ...options, '--ignoreConfig', 'program.mts'], { cwd: user });
  });

  it('lets a plain program compile a model with an optimizer and a loss of the toolkit, typed', {
    timeout: MINUTE,
  }, () => {
    const user = join(folder, 'user');
    const program = `import { tf } from 'descent-kernel';
      import * as losses from 'descent-kernel/losses';
      import * as optimizers from 'descent-kernel/optimizers';
      await tf.ready();
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 2, inputShape: [2], activation: 'softmax', kernelInitializer: 'zeros' })],
      });
      const loss: losses.LossFunction = losses.categoricalFocal();
      model.compile({ optimizer: optimizers.adamw(), loss, metrics: ['accuracy'] });
      const x = tf.tensor2d([[1, 0], [0, 1], [1, 1], [0, 0]]);
      const y = tf.tensor2d([[1, 0], [0, 1], [1, 0], [0, 1]]);
      const { history } = await model.fit(x, y, { epochs: 20, verbose: 0, classWeight: { 0: 1, 1: 2 } });
      const [first, last] = [history.loss![0], history.loss!.at(-1)].map(Number);
      console.log(loss.name, first!.toFixed(5), last! < first!);`;
    writeFileSync(join(user, 'compile.mts'), program);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'];
    execFileSync(process.execPath, [tsc, ...options, '--ignoreConfig', 'compile.mts'], { cwd: user });
    const output = execFileSync(process.execPath, ['compile.mjs'], { cwd: user, encoding: 'utf8' });
    // ¼·(1 − ½)²·log 2 of each sample, with weights of 1 and 2, half of the samples each.
    expect(output).toBe('categoricalFocal 0.06498 true\n');
  });
});
