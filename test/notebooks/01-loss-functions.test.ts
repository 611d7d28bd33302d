import { beforeAll, describe, expect, it } from 'vitest';
import { formatNotebook } from '../../kernel/notebook/format.ts';
import {
  type Chapter,
  type ChapterRun,
  codeCells,
  hasPicture,
  plainText,
  readChapter,
  runChapter,
} from './support/chapter.ts';
import { checkNumbers } from './support/numbers.ts';
import { typeErrors } from './support/typecheck.ts';

const MAX_LINES = 25;
const MAX_SECONDS = 60;

let chapter: Chapter;
beforeAll(async () => {
  chapter = await readChapter('notebooks/01-loss-functions.ipynb');
});

describe('the committed file', () => {
  it('is a notebook of nbformat 4.5 as Jupyter saves it', () => {
    const { notebook, text } = chapter;
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(formatNotebook(notebook)).toBe(text);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('names the kernel, the language and its title', () => {
    expect(chapter.notebook.metadata).toEqual({
      kernelspec: { display_name: 'TypeScript (Descent)', language: 'typescript', name: 'descent' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
      title: 'Loss functions',
    });
  });

  it('holds no outputs, and no long cells', () => {
    for (const { id, source, outputs, execution_count } of codeCells(chapter.notebook)) {
      expect({ id, outputs, execution_count }).toEqual({ id, outputs: [], execution_count: null });
      expect(source.split('\n').length, `lines of ${id}`).toBeLessThanOrEqual(MAX_LINES);
      expect(source, `any in ${id}`).not.toMatch(/\bany\b/);
    }
  });

  it('is typed', async () => {
    expect(await typeErrors(chapter.notebook)).toEqual([]);
  });
});

describe('two runs', () => {
  let runs: ChapterRun[];
  beforeAll(
    async () => {
      runs = await Promise.all([runChapter(chapter.notebook), runChapter(chapter.notebook)]);
    },
    4 * MAX_SECONDS * 1000,
  );

  it('complete, without warnings, in time', () => {
    for (const { cells, seconds } of runs) {
      const failed = cells.filter(({ status }) => status !== 'ok');
      expect(failed.map(({ id, outputs }) => [id, plainText(outputs)])).toEqual([]);
      expect(cells).toHaveLength(codeCells(chapter.notebook).length);
      const streams = cells.flatMap(({ outputs }) => outputs.filter((o) => o.output_type === 'stream'));
      expect(streams.filter(({ name }) => name === 'stderr')).toEqual([]);
      expect(seconds).toBeLessThan(2 * MAX_SECONDS);
    }
  });

  it('free all tensors', () => {
    expect(runs.map(({ tensors }) => tensors)).toEqual([0, 0]);
  });

  it('print the same', () => {
    const [first, second] = runs.map(({ cells }) => cells.map(({ id, outputs }) => [id, plainText(outputs)]));
    expect(second).toEqual(first);
  });

  it('show charts, one of which answers to the reader', () => {
    const outputs = runs[0]!.cells.flatMap((cell) => cell.outputs);
    const charts = outputs.filter(hasPicture);
    expect(charts.length).toBeGreaterThanOrEqual(4);
    const specs = charts.map((output) => JSON.stringify('data' in output && output.data));
    expect(specs.filter((spec) => spec.includes('"bind":{"input":"range"')).length).toBeGreaterThanOrEqual(1);
    for (const spec of specs) expect(spec).toContain('"title"');
  });

  it('print every number that the prose states', () => {
    const printed = new Map(runs[0]!.cells.map(({ id, outputs }) => [id, plainText(outputs)]));
    expect(checkNumbers(chapter.notebook.cells, printed)).toEqual({ unprinted: [], idle: [] });
  });
});
