import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from '../../../../../src/display/objects/diagram/fold.ts';
import { placeBoxes } from '../../../../../src/display/objects/diagram/place.ts';

const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 })
  .map((list) =>
    list.map((inputs, at) => ({ inputs: at === 0 ? [] : [...new Set(inputs.map((n) => n % at))] })),
  );

test('no boxes overlap, every edge goes down, and all is inside', () => {
  fc.assert(
    fc.property(graphs, (boxes) => {
      const widths = boxes.map((_, at) => 40 + ((at * 37) % 90));
      const placed = placeBoxes(boxes as unknown as Box[], widths);
      placed.boxes.forEach(({ x, row }, at) => {
        expect(x - widths[at]! / 2).toBeGreaterThanOrEqual(placed.left - 1e-6);
        expect(x + widths[at]! / 2).toBeLessThanOrEqual(placed.right + 1e-6);
        placed.boxes.forEach((other, index) => {
          if (index <= at || other.row !== row) return;
          expect(Math.abs(other.x - x)).toBeGreaterThanOrEqual((widths[at]! + widths[index]!) / 2);
        });
      });
      for (const edge of placed.edges) {
        for (let at = 1; at < edge.length; at++) expect(edge[at]!.row).toBe(edge[at - 1]!.row + 1);
      }
    }),
    { numRuns: 100 },
  );
});

test('a chain is straight', () => {
  const boxes = [[], [0], [1]].map((inputs) => ({ inputs })) as unknown as Box[];
  expect(new Set(placeBoxes(boxes, [50, 80, 60]).boxes.map(({ x }) => x)).size).toBe(1);
});
