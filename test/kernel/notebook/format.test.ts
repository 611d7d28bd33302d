import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNotebook } from '../../../kernel/notebook/format.ts';
import type { Notebook } from '../../../kernel/notebook/notebook.ts';
import { parseNotebook } from '../../../kernel/notebook/parse.ts';
import { notebooks } from './arbitrary.ts';

const empty: Notebook = { nbformat: 4, nbformat_minor: 2, metadata: {}, cells: [] };

describe('formatNotebook', () => {
  it('is undone by parseNotebook', () => {
    fc.assert(
      fc.property(notebooks, (notebook) => {
        expect(parseNotebook(formatNotebook(notebook))).toEqual(notebook);
      }),
      { numRuns: 300 },
    );
  });

  it('lays the file out as Jupyter does', () => {
    const notebook: Notebook = {
      ...empty,
      metadata: { kernelspec: { name: 'descent', display_name: 'Descent' }, '10': 1, '9': [] },
      cells: [
        {
          cell_type: 'code',
          id: 'a',
          metadata: {},
          execution_count: null,
          source: 'let κ = 1;\n"\u007f"',
          outputs: [{ output_type: 'stream', name: 'stdout', text: '1\r\n2' }],
        },
      ],
    };
    // Python: json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"
    expect(formatNotebook(notebook)).toBe(`{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "a",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\\r\\n",
      "2"
     ]
    }
   ],
   "source": [
    "let κ = 1;\\n",
    "\\"\u007f\\""
   ]
  }
 ],
 "metadata": {
  "10": 1,
  "9": [],
  "kernelspec": {
   "display_name": "Descent",
   "name": "descent"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`);
  });

  it('gives an id to cells whose own is missing, invalid or taken', () => {
    const raw = { cell_type: 'raw', metadata: {}, source: '' } as const;
    let n = 0;
    const names = ['same', 'new-1', 'new-2', 'new-3'];
    const text = formatNotebook(
      { ...empty, cells: [{ ...raw, id: 'same' }, { ...raw, id: 'same' }, raw, { ...raw, id: 'no spaces' }] },
      () => names[n++]!,
    );
    expect(parseNotebook(text).cells.map((cell) => cell.id)).toEqual(['same', 'new-1', 'new-2', 'new-3']);
  });

  it('makes distinct ids by itself', () => {
    const raw = { cell_type: 'raw', metadata: {}, source: '' } as const;
    const ids = parseNotebook(formatNotebook({ ...empty, cells: Array(50).fill(raw) })).cells.map(
      (cell) => cell.id,
    );
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });
});
