import type { Contour } from './contours.ts';
import type { Grid, Point } from './grid.ts';
import type { Levels } from './levels.ts';
import type { Walk } from './walk.ts';

/** What is drawn. */
export interface DrawnSurface {
  readonly grid: Grid;
  readonly levels: Levels;
  readonly contours: readonly Contour[];
  readonly walks: readonly Walk[];
  readonly minimum: Point | undefined;
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly width?: number;
  readonly height?: number;
}

/** The axes that all layers have in common. */
export function axes({ grid, xTitle, yTitle }: DrawnSurface): { x: object; y: object } {
  const channel = (field: string, title: string, domain: readonly number[]): object => {
    return {
      field,
      type: 'quantitative',
      title,
      scale: { domain, nice: false, zero: false },
      axis: { grid: false },
    };
  };
  return { x: channel('x', xTitle, grid.x), y: channel('y', yTitle, grid.y) };
}

/** Where a point is and how high, for its tooltip. */
export function pointTooltip({ xTitle, yTitle }: DrawnSurface): object[] {
  return [
    { field: 'x', type: 'quantitative', title: xTitle, format: '.4~g' },
    { field: 'y', type: 'quantitative', title: yTitle, format: '.4~g' },
    { field: 'value', type: 'quantitative', title: 'loss', format: '.5~g' },
  ];
}
