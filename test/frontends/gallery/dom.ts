import type { Locator } from 'playwright-core';

/** A picture in an output: an img, canvas or svg of more than an icon's size. */
export interface Graphic {
  locator: Locator;
  /** Where something around it cuts it off, if so. */
  cut: string | undefined;
}

/** What an output says, with the words of pictures that are missing and of what is in shadow trees. */
export async function words(output: Locator): Promise<string> {
  return await output.evaluate((root) => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (!(node instanceof Element) || ['SCRIPT', 'STYLE'].includes(node.tagName)) return '';
      if (node instanceof HTMLImageElement) return node.naturalWidth === 0 ? ` ${node.alt} ` : '';
      if (node instanceof HTMLInputElement) return ` ${node.value} `;
      const style = getComputedStyle(node);
      if (style.display === 'none' || style.visibility === 'hidden') return '';
      const inner = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(read).join('');
      return style.display.startsWith('inline') || node instanceof SVGElement ? inner : ` ${inner} `;
    };
    return read(root).replace(/\s+/g, ' ').trim();
  });
}

/** Waits, ten seconds at most, until the pictures of an output are loaded and its size stays the same. */
export async function settled(output: Locator): Promise<void> {
  await output.evaluate(async (root) => {
    const deadline = performance.now() + 10_000;
    let [size, same] = ['', 0];
    while (same < 3 && performance.now() < deadline) {
      const now = `${root.getBoundingClientRect().width}x${root.getBoundingClientRect().height}`;
      const loaded = [...root.querySelectorAll('img')].every((image) => image.complete);
      same = now === size && loaded ? same + 1 : 0;
      size = now;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  });
}

/** What cuts an element off at its left or right; something that scrolls does not where `scrolls` is set. */
async function cutBy(element: Locator, scrolls: boolean): Promise<string | undefined> {
  return await element.evaluate((graphic, scrollable) => {
    const { left, right } = graphic.getBoundingClientRect();
    const parent = (node: Element): Element | null =>
      node.parentElement ??
      (node.getRootNode() instanceof ShadowRoot ? (node.getRootNode() as ShadowRoot).host : null);
    for (let around = parent(graphic); around !== null; around = parent(around)) {
      const box = around.getBoundingClientRect();
      const { overflowX } = getComputedStyle(around);
      if (scrollable && (overflowX === 'auto' || overflowX === 'scroll')) return undefined;
      const clips = around === document.documentElement || overflowX !== 'visible';
      if (clips && (left < box.left - 1.5 || right > box.right + 1.5)) {
        return `${around.tagName.toLowerCase()}.${around.className}: ${Math.round(left)} to ${Math.round(right)} in ${Math.round(box.left)} to ${Math.round(box.right)}`;
      }
    }
    return undefined;
  }, scrolls);
}

/** The pictures in an output, one for each place: layers of one chart are one. */
export async function graphics(output: Locator, scrolls: boolean): Promise<Graphic[]> {
  const found: Graphic[] = [];
  const places = new Set<string>();
  for (const locator of await output.locator('canvas, svg, img').all()) {
    const box = await locator.boundingBox();
    if (box === null || box.width < 60 || box.height < 40 || !(await locator.isVisible())) continue;
    const place = [box.x, box.y, box.width, box.height].map(Math.round).join(' ');
    if (places.has(place)) continue;
    places.add(place);
    found.push({ locator, cut: await cutBy(locator, scrolls) });
  }
  return found;
}

/** By how many pixels an output is wider than its window. */
export async function overflow(output: Locator): Promise<number> {
  return await output.evaluate((root) => {
    const { left } = root.getBoundingClientRect();
    const { scrollLeft, clientWidth } = root.ownerDocument.documentElement;
    return Math.round(scrollLeft + left + root.scrollWidth - clientWidth);
  });
}
