import { readFileSync } from 'node:fs';
import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import { keptFile } from './compiledFiles.ts';
import { SOURCES } from './origin.ts';
import { pathOf } from './typescriptFiles.ts';

interface Source {
  text: string;
  mappings: string[];
  isCell: boolean;
  maps?: TraceMap[];
}

export interface Position {
  /** One-based. */
  line: number;
  /** One-based. */
  column: number;
}

/** How many cells are remembered for the lines of later tracebacks. */
const REMEMBERED = 2000;

/** The TypeScript of cells and of the files that they import, and the way back to it from the code that ran. */
export class CellSources {
  readonly #sources = new Map<string, Source>();
  readonly #files = new WeakMap<object, Source>();

  constructor() {
    const value = (file: string): object | undefined => {
      const source = this.#sources.get(file);
      return source && { text: source.text, mappings: source.mappings };
    };
    Object.defineProperty(globalThis, Symbol.for(SOURCES), { value, configurable: true, enumerable: false });
  }

  add(file: string, text: string, mappings: string[]): void {
    this.#sources.delete(file);
    this.#sources.set(file, { text, mappings, isCell: true });
    if (this.#sources.size > REMEMBERED) {
      const [oldest] = this.#sources.keys();
      if (oldest !== undefined) this.#sources.delete(oldest);
    }
  }

  isCell(file: string): boolean {
    return this.#sources.has(file);
  }

  text(file: string): string | undefined {
    return this.#source(file)?.text;
  }

  /** What stands in a file that could not be compiled. */
  written(file: string): string {
    try {
      return readFileSync(pathOf(file), 'utf8');
    } catch {
      return '';
    }
  }

  /** The position in the TypeScript source of a position in the code that ran. */
  original(file: string, line: number, column: number): Position | undefined {
    const source = this.#source(file);
    if (!source) return undefined;
    source.maps ??= source.mappings.map(decode);
    let position = { line, column: column - 1 };
    for (const map of source.maps) {
      const found = originalPositionFor(map, position);
      if (found.line === null) return undefined;
      position = { line: found.line, column: found.column };
    }
    return { line: position.line, column: position.column + 1 };
  }

  #source(file: string): Source | undefined {
    const cell = this.#sources.get(file);
    if (cell) return cell;
    const kept = keptFile(file);
    if (!kept) return undefined;
    let source = this.#files.get(kept);
    if (!source) {
      source = { text: kept.source, mappings: [kept.mappings], isCell: false };
      this.#files.set(kept, source);
    }
    return source;
  }
}

function decode(mappings: string): TraceMap {
  return AnyMap({ version: 3, sources: ['cell'], names: [], mappings });
}
