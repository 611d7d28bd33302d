import { expect, test } from 'vitest';
import type { RunningCell } from '../../../../src/display/channel.ts';
import { LibraryOwner } from '../../../../src/display/offline/owners.ts';

const deleted = new Set<string>();
const cell = (run: number, id?: string, isCaptured = false): RunningCell => ({
  ...{ run, isCaptured, isDeleted: (other) => deleted.has(other) },
  ...(id === undefined ? {} : { id }),
});

test('a library is sent with the first chart, and again with its cell, which has lost its outputs', () => {
  const owner = new LibraryOwner();
  const first = owner.move(cell(1, 'a'), 0);
  expect(first).toEqual({ size: 0, displayId: expect.stringContaining('descent-library-') });
  expect(owner.move(cell(1, 'a'), 0)).toBeUndefined();
  expect(owner.move(cell(2, 'b'), 0)).toBeUndefined();
  const again = owner.move(cell(3, 'a'), 0);
  expect(again).toMatchObject({ size: 0, superseded: first?.displayId });
  expect(owner.move(cell(3, 'a'), 0)).toBeUndefined();
  expect(owner.move(cell(4, 'c'), 0)).toBeUndefined();
});

test('it moves to any chart cell that runs again: the user may have cleared the output', () => {
  const owner = new LibraryOwner();
  const first = owner.move(cell(1, 'a'), 0);
  owner.move(cell(2, 'b'), 0);
  expect(owner.move(cell(3, 'b'), 0)?.superseded).toBe(first?.displayId);
});

test('a cell that the user deletes takes it away', () => {
  const owner = new LibraryOwner();
  owner.move(cell(1, 'gone'), 0);
  deleted.add('gone');
  expect(owner.move(cell(2, 'b'), 0)).toBeDefined();
});

test('so does clearing the output of its run, and no other', () => {
  const owner = new LibraryOwner();
  owner.move(cell(1, 'a'), 0);
  owner.cleared(2);
  expect(owner.move(cell(1, 'a'), 0)).toBeUndefined();
  owner.cleared(1);
  expect(owner.move(cell(1, 'a'), 0)).toMatchObject({ size: 0 });
});

test('a larger one takes its place, and a smaller one does not', () => {
  const owner = new LibraryOwner();
  const small = owner.move(cell(1, 'a'), 0);
  expect(owner.move(cell(2, 'b'), 2)).toMatchObject({ size: 2, superseded: small?.displayId });
  expect(owner.move(cell(3, 'c'), 1)).toBeUndefined();
  // It is carried on in the size that other cells need, and no larger.
  expect(owner.move(cell(4, 'a'), 0)).toMatchObject({ size: 2 });
  expect(owner.move(cell(5, 'b'), 0)).toMatchObject({ size: 1 });
});

test('where the front-end names no cells it moves with each run', () => {
  const owner = new LibraryOwner();
  const first = owner.move(cell(1), 0);
  expect(owner.move(cell(1), 0)).toBeUndefined();
  expect(owner.move(cell(2), 0)?.superseded).toBe(first?.displayId);
  const deno = new LibraryOwner();
  expect(deno.move(undefined, 0)).toBeDefined();
  expect(deno.move(undefined, 0)).toBeUndefined();
  deno.cleared(undefined);
  expect(deno.move(undefined, 0)).toBeDefined();
});

test('what is captured carries its own, unless the notebook has one', () => {
  const owner = new LibraryOwner();
  expect(owner.move(cell(1, 'a', true), 0)).toBeDefined();
  expect(owner.move(cell(2, 'b'), 0)).toBeDefined();
  expect(owner.move(cell(3, 'a', true), 0)).toBeUndefined();
});
