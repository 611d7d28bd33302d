import { describe, expect, it } from 'vitest';
import type { Cell, JsonObject } from '../../../kernel/notebook/notebook.ts';
import { visibilityOf } from '../../../kernel/page/visibility.ts';

function cell(metadata: JsonObject): Cell {
  return { cell_type: 'code', metadata, source: '', outputs: [], execution_count: null };
}

describe('visibilityOf', () => {
  it('shows everything by default', () => {
    expect(visibilityOf(cell({}))).toEqual({
      cell: 'show',
      input: 'show',
      outputs: 'show',
      removedStreams: new Set(),
      scroll: undefined,
    });
  });

  it.each([
    [{ tags: ['remove_cell'] }, { cell: 'remove' }],
    [{ tags: ['remove-cell', 'hide-cell'] }, { cell: 'remove' }],
    [{ tags: ['hide-cell'] }, { cell: 'collapse' }],
    [{ tags: ['hide-input'] }, { input: 'collapse' }],
    [{ tags: ['hide_input'] }, { input: 'collapse' }],
    [{ tags: ['remove_input'] }, { input: 'remove' }],
    [{ tags: ['hide-output'] }, { outputs: 'collapse' }],
    [{ tags: ['remove_all_outputs', 'remove-outputs'] }, { outputs: 'remove' }],
    [{ tags: ['remove-stderr'] }, { removedStreams: new Set(['stderr']) }],
    [{ tags: ['scroll-output'] }, { scroll: true }],
    [{ collapsed: true }, { outputs: 'collapse' }],
    [{ collapsed: false }, { outputs: 'show' }],
    [{ scrolled: false }, { scroll: false }],
    [{ scrolled: 'auto' }, { scroll: undefined }],
    [{ jupyter: { source_hidden: true, outputs_hidden: true } }, { input: 'collapse', outputs: 'collapse' }],
    [{ hide_input: true }, { input: 'collapse' }],
    [{ tags: 'hide-input', jupyter: null }, { input: 'show' }],
    [{ tags: [1, null] }, { input: 'show' }],
  ])('reads %j', (metadata, expected) => {
    expect(visibilityOf(cell(metadata as JsonObject))).toMatchObject(expected);
  });
});
