import type { LoggerInterface, Scene, Spec, View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { cut, messageOf } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { fileLoader, vegaLibrary } from './library.ts';
import { checkDrawnSize } from './size.ts';

/** A chart as SVG, the number of marks in it, and what Vega had to say about it. */
export interface Drawing {
  readonly svg: string;
  readonly markCount: number;
  readonly warnings: readonly string[];
}

/** A chart compiled for Vega. */
export interface Compiled {
  readonly spec: Spec;
  readonly log: Log;
}

interface Log {
  readonly logger: LoggerInterface;
  readonly warnings: string[];
  readonly errors: string[];
}

/** What Vega or Vega-Lite refused: `reason` in their words, which seldom name the place. */
export class VegaError extends Error {
  readonly reason: string;

  constructor(reason: string, cause: unknown, place = '') {
    super(`vegaLite: ${place === '' ? '' : `${place}: `}${reason}`, { cause });
    this.reason = reason;
  }
}

/** Compile a Vega-Lite spec; throws a VegaError. */
export function compileChart(spec: Plain): Compiled {
  const { vegaLite } = vegaLibrary();
  const log = makeLog();
  const { spec: compiled } = explained(() =>
    vegaLite.compile(spec as unknown as TopLevelSpec, { logger: log.logger }),
  );
  failOnErrors(log);
  return { spec: compiled, log };
}

/** The same chart without a description of every mark for screen readers, which a picture has no place for. */
export function withoutAria(spec: Spec): Spec {
  const muted = (mark: unknown): unknown => {
    if (!isPlain(mark)) return mark;
    const marks = Array.isArray(mark.marks) ? { marks: mark.marks.map(muted) } : {};
    const { update } = isPlain(mark.encode) ? mark.encode : {};
    if (!isPlain(update)) return { ...mark, ...marks, aria: false };
    const { description: _text, ariaRoleDescription: _role, ...rest } = update;
    return { ...mark, ...marks, aria: false, encode: { ...(mark.encode as Plain), update: rest } };
  };
  return { ...spec, marks: (spec.marks ?? []).map(muted) } as Spec;
}

/** Run a compiled chart that loads nothing, without a picture. */
export function runChart(compiled: Compiled): View {
  const view = openView(compiled);
  explained(() => view.run());
  failOnErrors(compiled.log);
  return view;
}

function openView({ spec, log }: Compiled): View {
  const { vega } = vegaLibrary();
  return explained(() => {
    const options = { renderer: 'none', logger: log.logger, loader: fileLoader(vega) } as const;
    return new vega.View(vega.parse(withOwnRows(spec)), options);
  });
}

/** Draw a compiled chart: at once, or as a promise where it loads data or pictures. */
export function drawChart(compiled: Compiled): Drawing | Promise<Drawing> {
  const { spec, log } = compiled;
  const view = openView(compiled);
  const finish = (svg: string): Drawing => {
    failOnErrors(log);
    const markCount = countMarks(view.scenegraph() as unknown as { root: Scene });
    view.finalize();
    return { svg, markCount, warnings: [...new Set(log.warnings)] };
  };
  if (isLoading(spec as unknown as Plain)) return view.toSVG().then(finish, fail);
  return finish(explained(() => svgNow(view, log)));
}

/** Vega writes identities and calculated fields into the rows that it is given. */
function withOwnRows(spec: Spec): Spec {
  const data = (spec.data ?? []).map((set) => {
    const values = (set as unknown as Plain).values;
    if (!Array.isArray(values)) return set;
    return { ...set, values: values.map((row: unknown) => (isPlain(row) ? { ...row } : row)) };
  });
  return { ...spec, data } as Spec;
}

/** What Vega's own headless rendering does, without its waiting; the sizes have no public accessor. */
function svgNow(view: View, log: Log): string {
  const { vega } = vegaLibrary();
  view.run();
  failOnErrors(log);
  const { _viewWidth, _viewHeight } = view as unknown as { _viewWidth: number; _viewHeight: number };
  const { left, right, top, bottom } = view.padding() as Record<'left' | 'right' | 'top' | 'bottom', number>;
  checkDrawnSize(_viewWidth + left + right, _viewHeight + top + bottom);
  const [x, y] = view.origin();
  return new vega.SVGStringRenderer(view.loader())
    .initialize(null, Math.max(0, _viewWidth + left + right), Math.max(0, _viewHeight + top + bottom), [
      left + x,
      top + y,
    ])
    .background(view.background())
    .render((view.scenegraph() as unknown as { root: Scene }).root)
    .svg();
}

/** Whether a compiled chart loads data or pictures. */
export function isLoading(scope: Plain): boolean {
  const data = Array.isArray(scope.data) ? scope.data : [];
  const marks = Array.isArray(scope.marks) ? scope.marks : [];
  return (
    data.some((set) => isPlain(set) && 'url' in set) || marks.some((mark) => isImage(mark) || isGroup(mark))
  );
}

function isImage(mark: unknown): boolean {
  return isPlain(mark) && mark.type === 'image';
}

function isGroup(mark: unknown): boolean {
  return isPlain(mark) && mark.type === 'group' && isLoading(mark);
}

interface SceneNode {
  readonly marktype?: string;
  readonly items?: readonly SceneNode[];
}

function countMarks({ root }: { root: Scene }): number {
  const count = ({ marktype, items = [] }: SceneNode): number => {
    if (marktype === 'line' || marktype === 'area' || marktype === 'trail') return 1;
    return items.reduce((sum, item) => sum + (item.items ? count(item) : 1), 0);
  };
  return count(root as unknown as SceneNode);
}

/** Selections listen to a window, which a still picture has not; error bands give themselves a tooltip. */
const idle = /^Can not resolve event source|^Channel tooltip should not be used with "binned" bin/;

function makeLog(): Log {
  const warnings: string[] = [];
  const errors: string[] = [];
  const text = (parts: readonly unknown[]): string => cut(parts.map(messageOrText).join(' '), 200);
  const into =
    (list: string[]) =>
    (...parts: readonly unknown[]): LoggerInterface => {
      const message = text(parts);
      if (!idle.test(message)) list.push(message);
      return logger;
    };
  const silent = (): LoggerInterface => logger;
  const logger = {
    level: silent,
    error: into(errors),
    warn: into(warnings),
    info: silent,
    debug: silent,
  } as unknown as LoggerInterface;
  return { logger, warnings, errors };
}

function messageOrText(part: unknown): string {
  return typeof part === 'string' ? part : messageOf(part);
}

/** Data that could not be loaded is only a warning to Vega, which then draws an empty chart. */
function failOnErrors({ errors, warnings }: Log): void {
  const [error] = [...errors, ...warnings.filter((warning) => warning.startsWith('Loading failed'))];
  if (error !== undefined) fail(error);
}

function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  const message = messageOrText(error);
  if (error instanceof Error && message.startsWith('vegaLite: ')) throw error;
  throw new VegaError(cut(message, 300), error);
}
