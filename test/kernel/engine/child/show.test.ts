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
  });

  it.each([
    [5],
    [null],
    ['text'],
    [['text/plain']],
    [{ plain: 'x' }],
    [new Proxy({}, {})],
    [Promise.resolve(5)],
    [() => ({})],
  ])('shows a value plainly whose method answers %s', async (answer) => {
    const value = { a: 1, [DISPLAY]: () => answer };
    expect(await bundleOf(value)).toEqual({
      data: { 'text/plain': expect.stringContaining('a') },
      metadata: {},
    });
  });

  it.each([[5], [undefined], [[]]])('or whose toSpec() is %s', (answer) => {
    const { data } = bundleOf({ toSpec: () => answer }) as { data: object };
    expect(Object.keys(data)).toEqual(['text/plain']);
  });

  it('leaves the error of toSpec to the cell', () => {
    const toSpec = (): never => {
      throw new Error('spec failed');
    };
    expect(() => bundleOf({ toSpec })).toThrow('spec failed');
  });

  it('shows what answers to everything as what it is', async () => {
    const all = { get: () => () => 5 };
    const chain: unknown = new Proxy(() => undefined, {
      get: () => chain,
      apply: () => chain,
      has: () => true,
    });
    for (const value of [new Proxy({ a: 1 }, all), new Proxy({ a: 1 }, { ...all, has: () => true }), chain]) {
      const { data } = await bundleOf(value);
      expect(Object.keys(data)).toEqual(['text/plain']);
    }
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
