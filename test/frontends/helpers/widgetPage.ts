import type { Locator, Page } from 'playwright-core';

/** The control beside that label. */
export function control(page: Page, label: string): Locator {
  return page.locator(`.jp-Notebook .widget-label:text-is("${label}")`).first().locator('xpath=..');
}

/** Moves a slider's handle by the arrow keys. */
export async function press(page: Page, label: string, key: string, times = 1): Promise<void> {
  await control(page, label).locator('.noUi-handle').first().focus();
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

/** Drags something by some pixels to the right. */
export async function dragBy(page: Page, handle: Locator, pixels: number): Promise<void> {
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + pixels, y, { steps: 4 });
  await page.mouse.up();
}

/** Drags the handle of a slider to and fro with the mouse for some time; gives the number of moves. */
export async function drag(page: Page, handle: Locator, ms: number): Promise<number> {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const start = Date.now();
  let moves = 0;
  while (Date.now() - start < ms) {
    const turn = (2 * Math.PI * (Date.now() - start)) / 1500;
    await page.mouse.move(x + 45 * Math.sin(turn), y);
    moves += 1;
    await page.waitForTimeout(10);
  }
  await page.mouse.up();
  return moves;
}

export interface Repaints {
  count: number;
  /** From the first to the last. */
  ms: number;
  /** Frames of the screen in which there was no chart. */
  blankFrames: number;
}

/** Begins to count the charts that are drawn inside an element; the function returned ends that. */
export async function countRepaints(element: Locator): Promise<() => Promise<Repaints>> {
  await element.evaluate((root) => {
    const times: number[] = [];
    let blankFrames = 0;
    const seen = new WeakSet<Element>();
    const charts = (): Element[] => [
      ...root.querySelectorAll('.jp-OutputArea-output :is(canvas, svg.marks)'),
    ];
    for (const chart of charts()) seen.add(chart);
    const observer = new MutationObserver(() => {
      for (const chart of charts()) {
        if (seen.has(chart)) continue;
        seen.add(chart);
        times.push(performance.now());
      }
    });
    observer.observe(root, { childList: true, subtree: true });
    let isOver = false;
    const frame = (): void => {
      if (charts().length === 0) blankFrames += 1;
      if (!isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(root, {
      endOfCount: () => {
        isOver = true;
        observer.disconnect();
        return { count: times.length, ms: (times.at(-1) ?? 0) - (times[0] ?? 0), blankFrames };
      },
    });
  });
  return () => element.evaluate((root) => (root as unknown as { endOfCount(): Repaints }).endOfCount());
}
