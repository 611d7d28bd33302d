import type { Point } from './series.ts';

/** Where values stand in a panel, in pixels. */
export interface Places {
  x(value: number): number;
  y(value: number): number;
  readonly isLog: boolean;
}

/** Lines through the points, of which each two pixels keep the lowest and the highest. */
export function pathOf(points: readonly Point[], { x, y, isLog }: Places): string {
  let text = '';
  let [penX, penY, isDown] = [0, 0, false];
  let column = { x: Number.NaN, low: 0, high: 0, last: 0 };
  const to = (px: number, py: number): void => {
    if (!isDown) text += `M${px} ${py}`;
    else if (px !== penX || py !== penY) text += `l${px - penX}${py < penY ? '' : ' '}${py - penY}`;
    [penX, penY, isDown] = [px, py, true];
  };
  const endColumn = (): void => {
    if (Number.isNaN(column.x)) return;
    const [one, two] = column.last === column.low ? [column.high, column.low] : [column.low, column.high];
    to(column.x, one);
    to(column.x, two);
    column.x = Number.NaN;
  };
  for (const point of points) {
    const isGap = isLog && point.y <= 0;
    if (isGap || point.isStart) {
      endColumn();
      isDown = false;
    }
    if (isGap) continue;
    const [px, py] = [Math.round(x(point.x)), Math.round(y(point.y))];
    if (Math.abs(px - column.x) < 2) {
      column.low = Math.min(column.low, py);
      column.high = Math.max(column.high, py);
      column.last = py;
    } else {
      endColumn();
      column = { x: px, low: py, high: py, last: py };
    }
  }
  endColumn();
  return text;
}
