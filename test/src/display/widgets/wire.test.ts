import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, unpack, wireName } from '../../../../src/display/widgets/wire.ts';

it('binary values leave null in an array and nothing in an object, as ipywidgets has it', () => {
  const bytes = [new Uint8Array([1]), new Uint8Array([2, 3])] as const;
  const state = { plain: [0, 'text'], x: { ar: bytes[0] }, y: [bytes[1], 1] };
  expect(pack(state)).toEqual({
    state: { plain: [0, 'text'], x: {}, y: [null, 1] },
    paths: [
      ['x', 'ar'],
      ['y', 0],
    ],
    buffers: [bytes[0], bytes[1]],
  });
  expect(state.x.ar).toBe(bytes[0]);
});

it('what is taken out is put back where it was', () => {
  const leaf = fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.integer(),
    fc.string(),
    fc.constant(null),
    fc.boolean(),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('any'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('any'), { maxKeys: 3 }),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), value.any, { maxKeys: 4 }), (state) => {
      const { state: packed, paths, buffers } = pack(state);
      const received = JSON.parse(JSON.stringify(packed)) as Record<string, unknown>;
      unpack(received, JSON.parse(JSON.stringify(paths)), buffers);
      expect(received).toEqual(JSON.parse(JSON.stringify(packed)) && restored(state));
    }),
  );
});

/** Without the prototypes that fast-check may leave out. */
function restored(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(restored);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, restored(one)]));
}

it('paths that lead nowhere are passed over, and prototypes stay', () => {
  const state = { a: 1 };
  unpack(state, [['b', 'c'], ['__proto__'], 'x', []], [new Uint8Array(1), new Uint8Array(1)]);
  unpack(state, 'none', []);
  expect(state).toEqual({ a: 1 });
  expect(Object.getPrototypeOf(state)).toBe(Object.prototype);
});

it('names are in snake case on the wire', () => {
  expect(['value', 'readoutFormat', 'gridTemplateColumns'].map(wireName)).toEqual([
    'value',
    'readout_format',
    'grid_template_columns',
  ]);
});
