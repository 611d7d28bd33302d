import { describe, expect, it } from 'vitest';
import { NotebookError } from '../../../kernel/notebook/errors.ts';
import { parseNotebook } from '../../../kernel/notebook/parse.ts';

function notebook(...cells: unknown[]): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells });
}

function code(...outputs: unknown[]): object {
  return { cell_type: 'code', metadata: {}, execution_count: 1, source: '', outputs };
}

describe('parseNotebook', () => {
  it('joins multi-line strings wherever nbformat has them', () => {
    const parsed = parseNotebook(
      notebook(
        { cell_type: 'markdown', metadata: {}, source: ['# A\n', 'b'] },
        code(
          { output_type: 'stream', name: 'stdout', text: ['1\n', '2\n'] },
          {
            output_type: 'display_data',
            metadata: {},
            data: { 'text/html': ['<b>', '</b>'], 'image/png': ['AA\n', 'BB'] },
          },
        ),
      ),
    );
    expect(parsed.cells[0]?.source).toBe('# A\nb');
    expect(parsed.cells[1]).toMatchObject({
      outputs: [{ text: '1\n2\n' }, { data: { 'text/html': '<b></b>', 'image/png': 'AA\nBB' } }],
    });
  });

  it('keeps lists of strings in JSON content as lists', () => {
    const data = { 'application/json': ['a', 'b'], 'application/vnd.x.v1+json': ['c'] };
    const parsed = parseNotebook(notebook(code({ output_type: 'display_data', metadata: {}, data })));
    expect(parsed.cells[0]).toMatchObject({ outputs: [{ data }] });
  });

  it('fills in what many tools leave out', () => {
    const parsed = parseNotebook('\uFEFF{"nbformat":4,"cells":[{"cell_type":"code","source":"1"}]}');
    expect(parsed).toEqual({
      nbformat: 4,
      nbformat_minor: 0,
      metadata: {},
      cells: [{ cell_type: 'code', metadata: {}, source: '1', execution_count: null, outputs: [] }],
    });
  });

  it.each([
    ['', /empty/],
    ['  \n', /empty/],
    ['<!DOCTYPE html>\n<p>', /not JSON/],
    ['{"nbformat": 4,\n "cells": [}', /not JSON/],
    ['[]', /^notebook: expected object, got array$/],
    ['null', /^notebook: expected object, got null$/],
    ['{}', /^nbformat: expected 4, got nothing$/],
    ['{"nbformat":"4"}', /^nbformat: expected 4, got string$/],
    ['{"nbformat":3,"worksheets":[]}', /nbformat 3 .*`jupyter nbconvert --to notebook`/],
    ['{"nbformat":5}', /nbformat 5 .*newer Jupyter/],
    ['{"nbformat":4}', /^cells: expected array, got nothing$/],
    [notebook('x'), /^cells\[0\]: expected object, got string$/],
    [
      notebook({ cell_type: 'heading', source: '' }),
      /^cells\[0\]\.cell_type: expected code, markdown or raw, got "heading"$/,
    ],
    [
      notebook(code(), { cell_type: 'raw', source: 7 }),
      /^cells\[1\]\.source: expected string or string\[\], got number$/,
    ],
    [
      notebook({ cell_type: 'raw', source: ['a', null] }),
      /^cells\[0\]\.source\[1\]: expected string, got null$/,
    ],
    [notebook({ cell_type: 'raw', source: '', id: 3 }), /^cells\[0\]\.id: expected string, got number$/],
    [
      notebook({ cell_type: 'raw', source: '', metadata: [] }),
      /^cells\[0\]\.metadata: expected object, got array$/,
    ],
    [
      notebook({ ...code(), execution_count: 1.5 }),
      /^cells\[0\]\.execution_count: expected integer or null, got number$/,
    ],
    [notebook({ ...code(), outputs: {} }), /^cells\[0\]\.outputs: expected array, got object$/],
    [
      notebook(code({ output_type: 'pyout' })),
      /^cells\[0\]\.outputs\[0\]\.output_type: expected .* got "pyout"$/,
    ],
    [
      notebook(code({ output_type: 'display_data', data: { 'text/plain': 1 } })),
      /^cells\[0\]\.outputs\[0\]\.data\["text\/plain"\]: expected string or string\[\], got number$/,
    ],
    [
      notebook(code({ output_type: 'error', ename: 'E', evalue: '', traceback: 'x' })),
      /traceback: expected array/,
    ],
    [
      notebook({ cell_type: 'markdown', source: '', attachments: { 'a.png': 1 } }),
      /attachments\["a\.png"\]: expected object/,
    ],
  ])('says in one line what is wrong with %j', (text, message) => {
    const error = catchError(() => parseNotebook(text));
    expect(error).toBeInstanceOf(NotebookError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });

  it('is not misled by a member named __proto__', () => {
    const text = `{"nbformat":4,"metadata":{"__proto__":{"a":1}},"cells":[],"__proto__":{"nbformat":3}}`;
    expect(Object.keys(parseNotebook(text).metadata)).toEqual(['__proto__']);
  });
});

function catchError(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
