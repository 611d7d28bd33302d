import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type LibraryName, libraryScripts } from '../../offline/libraries.ts';
import { boxOf, pageBoxOf } from './boxes.ts';
import { type PageCanvas, Painting } from './canvas.ts';
import type { Box, PageNode } from './nodes.ts';
import { lengthOf, type Point, pathLines, pointAt } from './path.ts';
import { textLength } from './textBoxes.ts';

/** As much of Plotly as is called. */
export interface PagePlotly {
  toImage(figure: object, options: object): Promise<string>;
}

type Members = Record<string, unknown>;
type Page = Members & { eval(code: string): void; Plotly: PagePlotly };
type Prototype = { prototype: Members };

/**
 * A page without a browser in which Plotly draws SVG: jsdom, and what it has no layout for, done with the metrics
 * of the font that the picture is then drawn in.
 */
export function openPage(library: LibraryName): PagePlotly {
  const require = createRequire(import.meta.url);
  const { JSDOM, VirtualConsole } = require('jsdom') as {
    JSDOM: new (html: string, options: object) => { window: Page };
    VirtualConsole: new () => object;
  };
  const options = { runScripts: 'outside-only', virtualConsole: new VirtualConsole() };
  const { window } = new JSDOM('<!DOCTYPE html><html><body></body></html>', options);
  addMeasures(window.SVGElement as Prototype);
  addCanvas(window.HTMLCanvasElement as Prototype);
  window.requestAnimationFrame = (callback: (time: number) => void) =>
    setTimeout(() => callback(performance.now()), 0);
  window.cancelAnimationFrame = clearTimeout;
  // Heat maps are then painted pixel by pixel, which the renderer need not enlarge.
  window.supportsCSS = () => false;
  // Maps want these as soon as they are loaded.
  Object.assign(window, { TextDecoder, TextEncoder });
  (window.URL as Members).createObjectURL = () => 'blob:none';
  // What is declared for an element itself is all that counts here; jsdom's cascade is slow.
  window.getComputedStyle = (element: { style: unknown }) => element.style;
  for (const script of libraryScripts(library)) window.eval(readFileSync(script, 'utf8'));
  return window.Plotly;
}

function addMeasures({ prototype }: Prototype): void {
  Object.assign(prototype, {
    getBBox(this: PageNode) {
      return rectangle(boxOf(this));
    },
    getBoundingClientRect(this: PageNode) {
      return rectangle(pageBoxOf(this));
    },
    getComputedTextLength(this: PageNode) {
      return textLength(this);
    },
    getTotalLength(this: PageNode) {
      return lengthOf(linesOf(this));
    },
    getPointAtLength(this: PageNode, distance: number) {
      const [x, y] = pointAt(linesOf(this), distance);
      return { x, y };
    },
  });
}

const lines = new WeakMap<PageNode, { data: string; lines: Point[][] }>();

/** Points along one path are asked for many times over. */
function linesOf(node: PageNode): Point[][] {
  const data = node.getAttribute?.('d') ?? '';
  const known = lines.get(node);
  if (known?.data === data) return known.lines;
  const made = { data, lines: pathLines(data) };
  lines.set(node, made);
  return made.lines;
}

function rectangle(box: Box | undefined): Record<string, number> {
  const [left, top, right, bottom] = box ?? [0, 0, 0, 0];
  const [width, height] = [right - left, bottom - top];
  return { x: left, y: top, left, top, right, bottom, width, height };
}

function addCanvas({ prototype }: Prototype): void {
  const paintings = new WeakMap<PageCanvas, Painting>();
  const painting = (canvas: PageCanvas): Painting => {
    const known = paintings.get(canvas) ?? new Painting(canvas);
    paintings.set(canvas, known);
    return known;
  };
  Object.assign(prototype, {
    getContext(this: PageCanvas, kind: string) {
      return kind === '2d' ? painting(this) : null;
    },
    toDataURL(this: PageCanvas) {
      return painting(this).toDataUrl();
    },
  });
}
