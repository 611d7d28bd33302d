import { expect, it } from 'vitest';
import { type CellEnd, CellEnds } from '../../../../kernel/engine/child/cellEnds.ts';
import {
  contextCell,
  currentCell,
  runAsCell,
  stoppableCell,
} from '../../../../kernel/engine/child/context.ts';

function ends(): { ends: CellEnds; failures: unknown[] } {
  const failures: unknown[] = [];
  return { ends: new CellEnds((cell, error) => void failures.push([cell, error])), failures };
}

it('does what is left to do, once, for its own cell, and so that a stop of the cell does not stop it', () => {
  const { ends: own } = ends();
  const seen: unknown[] = [];
  own.begin(1);
  own.begin(2);
  runAsCell(1, () => own.add(1, (how) => seen.push([how, currentCell(), contextCell(), stoppableCell()])));
  own.end(2, 'ok');
  own.end(1, 'interrupted');
  own.end(1, 'ok');
  expect(seen).toEqual([['interrupted', 1, 1, undefined]]);
});

it('forgets what was taken back, and what came when the cell had ended', () => {
  const { ends: own } = ends();
  const seen: CellEnd[] = [];
  own.begin(1);
  own.add(1, (how) => seen.push(how))();
  own.end(1, 'ok');
  own.add(1, (how) => seen.push(how))();
  own.begin(1);
  own.end(1, 'error');
  expect(seen).toEqual([]);
});

it('goes on when one of several fails', () => {
  const { ends: own, failures } = ends();
  const seen: CellEnd[] = [];
  const error = new Error('drawing failed');
  own.begin(1);
  own.add(1, () => {
    throw error;
  });
  own.add(1, (how) => seen.push(how));
  own.end(1, 'error');
  expect(seen).toEqual(['error']);
  expect(failures).toEqual([[1, error]]);
});
