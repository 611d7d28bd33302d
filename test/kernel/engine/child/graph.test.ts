import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visitGroups } from '../../../../kernel/engine/child/graph.ts';

const graphs = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
  );

it('the groups are those that lead to each other, each after what it leads to', () => {
  fc.assert(
    fc.property(graphs, (edges) => {
      const leadsTo = (node: string): string[] => (edges[Number(node)] ?? []).map(String);
      const reached = (from: string): Set<string> => {
        const seen = new Set([from]);
        for (const node of seen) for (const next of leadsTo(node)) seen.add(next);
        return seen;
      };
      const groups: string[][] = [];
      const settled = new Set<string>();
      const settle = (group: readonly string[]): void => {
        groups.push([...group]);
        for (const node of group) settled.add(node);
        for (const node of group) for (const next of leadsTo(node)) expect(settled.has(next)).toBe(true);
      };
      visitGroups('0', leadsTo, (node) => settled.has(node), settle);
      expect(groups.flat().toSorted()).toEqual([...reached('0')].toSorted());
      for (const group of groups) {
        const [first = ''] = group;
        const circle = [...reached(first)].filter((node) => reached(node).has(first));
        expect(group.toSorted()).toEqual(circle.toSorted());
      }
    }),
  );
});
