import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../../../kernel/engine/child/show.ts';

const DISPLAY = Symbol.for('Jupyter.display');
const METADATA = Symbol.for('Jupyter.metadata');

describe('bundleOf', () => {
  it('takes what a value says of itself', async () => {
    const data = { 'text/html': '<b>x</b>' };
    expect(bundleOf({ [DISPLAY]: () => data })).toEqual({ data, metadata: {} });
    expect(await bundleOf({ [DISPLAY]: async () => data, [METADATA]: () => ({ a: 1 }) })).toEqual({
      data,
      metadata: { a: 1 },
    });
  });

  it('leaves the error of a display method to the cell', () => {
    const failing = {
      [DISPLAY]: () => {
        throw new Error('display failed');
      },
    };
    expect(() => bundleOf(failing)).toThrow('display failed');
    expect(() => bundleOf({ [DISPLAY]: () => 5 })).toThrow('returned 5, expected an object of MIME types');
  });

  it('shows a value plainly that has no method or hides it', () => {
    expect(bundleOf(5)).toEqual({ data: { 'text/plain': '5' }, metadata: {} });
    expect(
      bundleOf({
        get [DISPLAY]() {
          throw new Error('x');
        },
      }),
    ).toMatchObject({ metadata: {} });
    expect(bundleOf({ [DISPLAY]: () => undefined })).toMatchObject({
      data: { 'text/plain': expect.any(String) },
    });
  });
});
