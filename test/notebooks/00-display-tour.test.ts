import { beforeAll, describe, expect, it } from 'vitest';
import { formatNotebook } from '../../kernel/notebook/format.ts';
import { preloads } from '../../src/preload.ts';
import {
  type Chapter,
  type ChapterRun,
  codeCells,
  hasPicture,
  plainText,
  readChapter,
  runChapter,
} from './support/chapter.ts';
import { typeErrors } from './support/typecheck.ts';

const MINUTE = 60_000;

let chapter: Chapter;
beforeAll(async () => {
  chapter = await readChapter('notebooks/00-display-tour.ipynb');
});

describe('the tour', () => {
  it('is as Jupyter saves it, without outputs', () => {
    expect(formatNotebook(chapter.notebook)).toBe(chapter.text);
    for (const { id, outputs, execution_count } of codeCells(chapter.notebook)) {
      expect({ id, outputs, execution_count }).toEqual({ id, outputs: [], execution_count: null });
    }
  });

  it('is typed', async () => {
    expect(await typeErrors(chapter.notebook)).toEqual([]);
  });

  it('uses every helper', () => {
    const code = codeCells(chapter.notebook)
      .map(({ source }) => source)
      .join('\n');
    const helpers = Object.keys(preloads).filter((name) => preloads[name]?.module === 'display');
    expect(helpers.length).toBeGreaterThanOrEqual(16);
    expect(helpers.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });
});

describe('a run', () => {
  let run: ChapterRun;
  beforeAll(async () => {
    run = await runChapter(chapter.notebook);
  }, 3 * MINUTE);

  it('shows something in every cell but the last, without errors and warnings', () => {
    const failed = run.cells.filter(({ status }) => status !== 'ok');
    expect(failed.map(({ id, outputs }) => [id, plainText(outputs)])).toEqual([]);
    expect(run.cells).toHaveLength(codeCells(chapter.notebook).length);
    const outputs = run.cells.flatMap((cell) => cell.outputs);
    expect(outputs.filter((output) => output.output_type === 'stream')).toEqual([]);
    const silent = run.cells.filter((cell) => cell.outputs.length === 0);
    expect(silent.map(({ id }) => id)).toEqual([run.cells.at(-1)?.id]);
  });

  it('has text for a console beside every rich output', () => {
    for (const { id, outputs } of run.cells) {
      for (const output of outputs) {
        if ('data' in output) expect(output.data, id).toHaveProperty('text/plain');
      }
    }
  });

  it('shows charts with pictures, and frees all tensors', () => {
    const pictured = run.cells.filter(({ outputs }) => outputs.some(hasPicture));
    expect(pictured.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['vega', 'plotly', 'image', 'schedule', 'live', 'history', 'surface']),
    );
    expect(run.tensors).toBe(0);
  });
});
