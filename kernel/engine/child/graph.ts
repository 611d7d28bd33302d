/** Groups of nodes that lead to each other, by Tarjan's algorithm (SIAM J. Comput. 1, 1972). */
interface Visit {
  order: number;
  /** The first node in order that it leads back to. */
  low: number;
  isOpen: boolean;
}

/**
 * Goes through all that a node leads to. `settle` gets each group once, after all groups that it leads to; a node
 * that is in no circle is a group of its own. What `isSettled` is not gone through again.
 */
export function visitGroups(
  start: string,
  leadsTo: (node: string) => readonly string[],
  isSettled: (node: string) => boolean,
  settle: (group: readonly string[]) => void,
): void {
  const visits = new Map<string, Visit>();
  const open: string[] = [];
  const visit = (node: string): Visit => {
    const own: Visit = { order: visits.size, low: visits.size, isOpen: true };
    visits.set(node, own);
    open.push(node);
    for (const next of leadsTo(node)) {
      if (isSettled(next)) continue;
      const known = visits.get(next);
      if (!known) own.low = smaller(own.low, visit(next).low);
      else if (known.isOpen) own.low = smaller(own.low, known.order);
    }
    if (own.low === own.order) {
      const group = open.splice(open.lastIndexOf(node));
      for (const member of group) (visits.get(member) as Visit).isOpen = false;
      settle(group);
    }
    return own;
  };
  visit(start);
}

const smaller = (a: number, b: number): number => (a < b ? a : b);
