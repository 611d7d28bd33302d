import { expect, it } from 'vitest';
import { widgets } from '../../../../src/display/index.ts';

it('an Output takes what is appended; without a kernel, what is printed is printed', () => {
  const out = new widgets.Output();
  out.append({ a: 1 });
  out.clear({ wait: true });
  expect(out.outputs).toHaveLength(1);
  out.append('x');
  expect(out.outputs).toEqual([{ output_type: 'display_data', data: { 'text/plain': "'x'" }, metadata: {} }]);
  expect(out.capture(() => 5)).toBe(5);
  expect(
    out.capture(() => {
      throw new RangeError('no');
    }),
  ).toBe(undefined);
  expect(out.outputs.at(-1)).toMatchObject({ output_type: 'error', ename: 'RangeError', evalue: 'no' });
  expect(() => out.set({ outputs: [{ text: 'x' }] as never })).toThrow('allowed is an array of outputs');
});
