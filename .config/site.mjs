// `npm run site [-- NOTEBOOK…]`: executes the chapters through the kernel and writes their pages, with an index and
// links to the chapter before and after, into out/site (or the folder that SITE names). The pages need nothing else.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What writes pages and reads notebooks, as the command has it within its bundle. */
async function pageWriter() {
  const outfile = join(root, `.cache/site-${process.pid}.mjs`);
  const contents =
    "export { renderPage } from './kernel/page/render.ts';" +
    "export { parseNotebook } from './kernel/notebook/parse.ts';";
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
  });
  try {
    return await import(outfile);
  } finally {
    rmSync(outfile, { force: true });
  }
}

const sourceOf = ({ source }) => (Array.isArray(source) ? source.join('') : source);

/** What the index says of a chapter: its title, and its first paragraph. */
function introduction(notebook) {
  const texts = notebook.cells.filter(({ cell_type: type }) => type === 'markdown').map(sourceOf);
  const blocks = texts.join('\n\n').split(/\n\s*\n/);
  const heading = blocks.findIndex((block) => block.startsWith('# '));
  return {
    title: heading < 0 ? 'Untitled' : blocks[heading].split('\n')[0].slice(2).trim(),
    opening: blocks.slice(heading + 1).find((block) => !/^[#<!|]/.test(block)) ?? '',
  };
}

const indexNotebook = (chapters) => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'typescript' } },
  cells: [
    {
      cell_type: 'markdown',
      id: 'index',
      metadata: {},
      source: [
        '# Descent: the chapters',
        'Optimization for deep learning in TypeScript. Every number was computed by the cell above it.',
        ...chapters.map(({ page, title, opening }) => `## [${title}](${page})\n\n${opening}`),
      ].join('\n\n'),
    },
  ],
});

async function write(chapters, folder, renderPage) {
  await mkdir(folder, { recursive: true });
  const index = { href: 'index.html', title: 'All chapters' };
  for (const [i, { notebook, path, page }] of chapters.entries()) {
    const linkTo = (chapter) => chapter && { href: chapter.page, title: chapter.title };
    const html = renderPage(notebook, {
      baseDir: dirname(path),
      sourceName: basename(path),
      previous: linkTo(chapters[i - 1]) ?? index,
      next: linkTo(chapters[i + 1]) ?? index,
      rewriteLink: (href) => href.replace(/\.ipynb(?=#|$)/, '.html'),
    });
    await writeFile(join(folder, page), html);
  }
  await writeFile(join(folder, 'index.html'), renderPage(indexNotebook(chapters), { baseDir: root }));
}

/** The name that the command gives to a notebook with its outputs. */
const executed = (path) => basename(path).replace(/\.ipynb$/, '.executed.ipynb');

/** The notebooks with their outputs; those of a chapter that fails are an error. */
async function execute(paths, parseNotebook) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-site-'));
  try {
    const command = [join(root, 'dist/kernel/main.js'), 'run', ...paths, '--ipynb', '--output-dir', folder];
    // The prose has the numbers of a rounding that all releases of Node share.
    const env = { DESCENT_SIMD: 'plain', ...process.env };
    const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env });
    if (status !== 0) throw new Error('a chapter failed; nothing was written');
    return paths.map((path) => {
      const notebook = parseNotebook(readFileSync(join(folder, executed(path)), 'utf8'));
      const page = basename(path).replace(/\.ipynb$/, '.html');
      return { path, notebook, page, ...introduction(notebook) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const notebooks = join(root, 'notebooks');
const all = readdirSync(notebooks)
  .filter((name) => name.endsWith('.ipynb'))
  .sort();
const given = process.argv.slice(2).map((path) => resolve(path));
const folder = resolve(process.env.SITE ?? join(root, 'out/site'));
try {
  const { parseNotebook, renderPage } = await pageWriter();
  const paths = given.length > 0 ? given : all.map((name) => join(notebooks, name));
  const chapters = await execute(paths, parseNotebook);
  await write(chapters, folder, renderPage);
  console.log(`${chapters.length} chapters and index.html in ${folder}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
