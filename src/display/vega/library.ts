import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { textWidth } from '../textWidth.ts';

/** Vega and Vega-Lite, loaded. */
export interface VegaLibrary {
  readonly vega: typeof import('vega') & UntypedVega;
  readonly vegaLite: typeof import('vega-lite');
}

/** Exported by Vega, but left out of its declarations. */
interface UntypedVega {
  readonly textMetrics: { width: (item: TextItem, line: unknown) => number };
  readonly SVGStringRenderer: new (loader: import('vega').Loader) => StringRenderer;
}

/** Vega's renderer to SVG text. */
interface StringRenderer {
  initialize(element: null, width: number, height: number, origin: [number, number]): StringRenderer;
  background(color: unknown): StringRenderer;
  render(scene: import('vega').Scene): StringRenderer;
  svg(): string;
}

interface TextItem {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly fontStyle?: string;
  readonly limit?: number;
}

let library: VegaLibrary | undefined;

/**
 * Load Vega at its first use. Its ES module has a top-level await, which `require` refuses; the single-file
 * build loads synchronously and in a third of the time, so that a chart can appear at once.
 */
export function vegaLibrary(): VegaLibrary {
  if (library) return library;
  const require = createRequire(import.meta.url);
  const beside = (name: string, file: string): string => join(dirname(require.resolve(name)), file);
  const vega = loadScript(beside('vega', 'vega.min.js'), {}) as unknown as VegaLibrary['vega'];
  const script = beside('vega-lite', 'vega-lite.min.js');
  const vegaLite = loadScript(script, { vega }) as unknown as VegaLibrary['vegaLite'];
  vega.textMetrics.width = itemWidth;
  library = { vega, vegaLite };
  return library;
}

function loadScript(path: string, modules: Record<string, unknown>): Record<string, unknown> {
  const exports: Record<string, unknown> = {};
  // A cell may have declared a document of jsdom, whose canvas can neither measure nor draw.
  const parameters = ['exports', 'module', 'require', 'document'];
  const run = compileFunction(readFileSync(path, 'utf8'), parameters, { filename: path });
  run(exports, { exports }, (name: string) => modules[name]);
  return exports;
}

function itemWidth(item: TextItem, line: unknown): number {
  const text = String(line ?? '').trim();
  const size = Number(item.fontSize ?? 11) || 0;
  if (text === '' || size <= 0) return 0;
  const style = {
    family: item.font ?? 'sans-serif',
    weight: String(item.fontWeight ?? 'normal'),
    style: item.fontStyle ?? 'normal',
  };
  const width = textWidth(text, size, style);
  return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
}

/** A loader that reads local files as well: the single-file build knows only `fetch`. */
export function fileLoader(vega: VegaLibrary['vega']): import('vega').Loader {
  return Object.assign(vega.loader({ mode: 'file' }), {
    load: async (uri: string): Promise<string> => {
      if (!/^[a-z][a-z+.-]+:/i.test(uri)) return readFile(uri, 'utf8');
      if (uri.startsWith('file:')) return readFile(new URL(uri), 'utf8');
      const response = await fetch(uri);
      if (!response.ok) throw new Error(`${uri} answered ${response.status} ${response.statusText}`);
      return response.text();
    },
  });
}
