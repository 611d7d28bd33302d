/** As much of a DOM node as is measured. */
export interface PageNode {
  readonly nodeName: string;
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<PageNode> & Iterable<PageNode>;
  readonly parentNode: PageNode | null;
  readonly style?: { getPropertyValue(name: string): string };
  getAttribute?(name: string): string | null;
}

/** The type of a node that is text. */
export const TEXT = 3;

/** The corners of a box; undefined where nothing is drawn. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** The box around both. */
export function union(one: Box | undefined, two: Box | undefined): Box | undefined {
  if (!one || !two) return one ?? two;
  return [
    Math.min(one[0], two[0]),
    Math.min(one[1], two[1]),
    Math.max(one[2], two[2]),
    Math.max(one[3], two[3]),
  ];
}

/** An attribute as a number; 0 where it is none. */
export function number(node: PageNode, name: string): number {
  return Number.parseFloat(node.getAttribute?.(name) ?? '0') || 0;
}

/** A property that an element has for itself. */
export function property(node: PageNode, name: string): string {
  return node.style?.getPropertyValue(name) || node.getAttribute?.(name) || '';
}

/** A property that an element has, or one of those around it. */
export function inherited(node: PageNode, name: string, otherwise: string): string {
  for (let at: PageNode | null = node; at; at = at.parentNode) {
    const own = property(at, name);
    if (own !== '' && own !== 'inherit') return own;
  }
  return otherwise;
}
