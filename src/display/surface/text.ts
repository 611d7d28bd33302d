import { table } from '../table.ts';
import type { Walk } from './walk.ts';

/** The surface in words, and where its paths begin and end. */
export function surfaceText(title: string, walks: readonly Walk[]): string {
  if (walks.length === 0) return title;
  const rows = walks.map(({ name, steps, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    return {
      path: name,
      steps,
      'start x': first?.x,
      'start y': first?.y,
      'start loss': first?.value,
      'end x': last?.x,
      'end y': last?.y,
      'end loss': last?.value,
    };
  });
  return `${title}\n${table(rows)}`;
}
