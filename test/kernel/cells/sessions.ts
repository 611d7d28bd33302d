import vm from 'node:vm';
import { HIDDEN } from '../../../kernel/cells/imports.ts';
import { SessionNames } from '../../../kernel/cells/session.ts';
import { transformCell } from '../../../kernel/cells/transform.ts';
import { beginLoop, constant, endLoop, Result, result } from '../../../kernel/engine/child/hidden.ts';
import { usingContext } from '../../../kernel/engine/child/using.ts';

/** Runs cells in a realm of its own, as the runtime does in its process. */
export class TestSession {
  readonly names: SessionNames;
  readonly context: vm.Context;

  constructor(names: SessionNames = new SessionNames()) {
    this.names = names;
    const load = async (specifier: string): Promise<unknown> => import(specifier);
    const meta = { url: 'file:///notebooks/cell.ts' };
    this.context = vm.createContext({
      console,
      setTimeout,
      [HIDDEN]: { import: load, meta, usingContext, result, constant, beginLoop, endLoop },
    });
    const { Symbol: symbols } = vm.runInContext('({ Symbol })', this.context) as { Symbol: object };
    for (const key of ['dispose', 'asyncDispose'] as const) {
      if (!(key in symbols)) Object.defineProperty(symbols, key, { value: Symbol[key] });
    }
  }

  /** The result of a cell; undefined for one that has none. */
  async run(source: string): Promise<unknown> {
    const cell = transformCell(source, '/notebooks/cell-1.ts', this.names);
    for (const name of cell.names) {
      if (this.names.declared.has(name)) continue;
      this.names.declared.add(name);
      vm.runInContext(`let ${name};`, this.context);
    }
    const value: unknown = vm.runInContext(cell.code, this.context);
    const settled = cell.isAsync ? await value : value;
    if (!cell.hasResult) return undefined;
    return settled instanceof Result ? settled.value : settled;
  }
}

/** The result of the last of some cells of one session. */
export async function runCells(...cells: string[]): Promise<unknown> {
  const session = new TestSession();
  let value: unknown;
  for (const cell of cells) value = await session.run(cell);
  return value;
}

/** A value of another realm as one of this realm. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
