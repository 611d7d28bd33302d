import { beforeAll, describe, expect, it } from 'vitest';
import { formatNotebook } from '../../../kernel/notebook/format.ts';
import type { Output } from '../../../kernel/notebook/notebook.ts';
import {
  type Chapter,
  type ChapterRun,
  codeCells,
  hasPicture,
  plainText,
  readChapter,
  runChapter,
} from './chapter.ts';
import { checkNumbers } from './numbers.ts';
import { typeErrors } from './typecheck.ts';

const MAX_LINES = 25;
/** A minute on two cores that do nothing else. */
const MAX_CPU_SECONDS = 120;
/** Other programs may have most of the machine. */
const CELL_TIMEOUT = 600_000;
const RUN_TIMEOUT = 1_800_000;

/** What a chapter is expected to have. */
export interface Standard {
  /** From the repository's root. */
  readonly path: string;
  readonly title: string;
  /** How many charts, at least. */
  readonly charts: number;
}

/** The tests that every chapter passes: of the file as it is committed, and of two runs of it. */
export function describeChapter(standard: Standard): void {
  let chapter: Chapter;
  beforeAll(async () => {
    chapter = await readChapter(standard.path);
  });
  describe('the committed file', () => describeFile(() => chapter, standard));
  describe('two runs', () => describeRuns(() => chapter, standard));
}

function describeFile(chapter: () => Chapter, { title }: Standard): void {
  it('is a notebook of nbformat 4.5 as Jupyter saves it', () => {
    const { notebook, text } = chapter();
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(formatNotebook(notebook)).toBe(text);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('names the kernel, the language and its title', () => {
    expect(chapter().notebook.metadata).toEqual({
      kernelspec: { display_name: 'TypeScript (Descent)', language: 'typescript', name: 'descent' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
      title,
    });
  });

  it('holds no outputs, and no long cells', () => {
    for (const { id, source, outputs, execution_count } of codeCells(chapter().notebook)) {
      expect({ id, outputs, execution_count }).toEqual({ id, outputs: [], execution_count: null });
      expect(source.split('\n').length, `lines of ${id}`).toBeLessThanOrEqual(MAX_LINES);
      expect(source, `any in ${id}`).not.toMatch(/\bany\b/);
    }
  });

  it('is typed', async () => {
    expect(await typeErrors(chapter().notebook)).toEqual([]);
  });
}

/** The charts among outputs, as text; a picture of tensors is none. */
function chartsIn(outputs: readonly Output[]): string[] {
  const bundles = outputs.filter(hasPicture).map((output) => ('data' in output ? output.data : {}));
  const isChart = (type: string): boolean => /vegalite|plotly/.test(type);
  return bundles.filter((data) => Object.keys(data).some(isChart)).map((data) => JSON.stringify(data));
}

function describeRuns(chapter: () => Chapter, { charts }: Standard): void {
  let runs: ChapterRun[];
  beforeAll(async () => {
    const { notebook } = chapter();
    runs = await Promise.all([runChapter(notebook, CELL_TIMEOUT), runChapter(notebook, CELL_TIMEOUT)]);
  }, RUN_TIMEOUT);

  it('complete, without warnings, in time', () => {
    for (const { cells, cpuSeconds } of runs) {
      const failed = cells.filter(({ status }) => status !== 'ok');
      expect(failed.map(({ id, outputs }) => [id, plainText(outputs)])).toEqual([]);
      expect(cells).toHaveLength(codeCells(chapter().notebook).length);
      const streams = cells.flatMap(({ outputs }) => outputs.filter((o) => o.output_type === 'stream'));
      expect(streams.filter(({ name }) => name === 'stderr')).toEqual([]);
      expect(cpuSeconds).toBeLessThan(MAX_CPU_SECONDS);
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
    const specs = chartsIn(runs[0]!.cells.flatMap((cell) => cell.outputs));
    expect(specs.length).toBeGreaterThanOrEqual(charts);
    expect(specs.filter((spec) => spec.includes('"bind":{"input":"range"')).length).toBeGreaterThanOrEqual(1);
    for (const spec of specs) expect(spec).toContain('"title"');
  });

  it('print every number that the prose states', () => {
    const printed = new Map(runs[0]!.cells.map(({ id, outputs }) => [id, plainText(outputs)]));
    expect(checkNumbers(chapter().notebook.cells, printed)).toEqual({ unprinted: [], idle: [] });
  });
}
