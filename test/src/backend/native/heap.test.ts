import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap } from '../../../../src/backend/native/heap.ts';

describe('Heap', () => {
  it('gives blocks that do not overlap, whatever is released in whichever order', () => {
    const steps = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 5000 }), release: fc.nat() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const heap = new Heap();
        const taken: { address: number; bytes: number; mark: number }[] = [];
        const bytes = (): Uint8Array => new Uint8Array(heap.memory.buffer);
        const check = ({ address, bytes: count, mark }: (typeof taken)[number]): void => {
          expect(address % 64).toBe(0);
          expect(bytes().subarray(address, address + count)).toEqual(new Uint8Array(count).fill(mark));
        };
        list.forEach(({ bytes: count, release }, i) => {
          const address = heap.allocate(count)!;
          const mark = (i % 255) + 1;
          bytes().fill(mark, address, address + count);
          taken.push({ address, bytes: count, mark });
          if (release % 2 === 0) return;
          const [gone] = taken.splice(release % taken.length, 1);
          check(gone!);
          heap.release(gone!.address, gone!.bytes);
        });
        taken.forEach(check);
        for (const { address, bytes: count } of taken) heap.release(address, count);
        // All is one free block again.
        expect(heap.allocate(1)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('gives nothing where an address of 32 bits does not reach', () => {
    const heap = new Heap();
    expect(heap.allocate(2 ** 32 + 1)).toBeUndefined();
    const address = heap.allocate(100_000)!;
    heap.floats[address / 4 + 24_999] = 1;
    expect(heap.floats[24_999]).toBe(1);
  });
});
