import { mayHaveJsx } from '../cells/strip.ts';
import { type Scan, scan, type Token } from '../cells/tokens.ts';
import { CellGroup, type Origin } from './cellGroup.ts';
import { type CellNames, cellNames } from './cellNames.ts';
import { withEarlierNames } from './earlierNames.ts';
import { writtenNames } from './writtenNames.ts';

/** A document as the language server is told of it. The first line is ours, the code begins below it. */
export interface Document {
  name: string;
  text: string;
  /** The cells' modules that it imports. */
  imports: ReadonlySet<string>;
  /** What names of earlier cells are called in it that it declares again. */
  aliases: ReadonlyMap<string, string>;
}

type ModuleNames = Pick<CellNames, 'declared' | 'assigned'> & Pick<Content, 'used'>;

/** What a document is made of. */
interface Content {
  name: string;
  code: string;
  scanned: Scan;
  /** The names that the code declares. */
  own: ReadonlySet<string>;
  /** The names of earlier cells that it may mention. */
  used: readonly [string, Origin][];
  isAssigned(name: [string, Origin]): boolean;
  below?: string;
}

/** The document that holds the code a question is about, and its name where that has JSX. */
const CURRENT = '.descent-cell.ts';
const CURRENT_JSX = `${CURRENT}x`;
export const CURRENT_NAMES: readonly string[] = [CURRENT, CURRENT_JSX];
/** Names of cells' modules: hidden files that nobody has, in the notebook's folder, since imports are relative. */
const moduleName = (count: number, hasJsx: boolean): string =>
  `.descent-cell-${count}.ts${hasJsx ? 'x' : ''}`;

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** How many lines there are above the code. */
export const LINES_ABOVE = 1;

/**
 * What the language server is to see of a notebook: cells that declare something are modules that
 * import the names they use from the cells that last declared them. Nothing of this lies on the disk.
 */
export class Documents {
  /** The modules that are needed: those of names in force and what these import. */
  readonly modules: Map<string, Document> = new Map();
  readonly #names = new Map<string, Origin>();
  readonly #ambient = new Set<string>();
  #count = 0;
  /** Cells that the server has yet to see. */
  #group: CellGroup | undefined;

  /** Names whose type cells may have narrowed by what they assigned. */
  readonly narrowed: Set<string> = new Set();

  /** All names that cells have declared. */
  get names(): ReadonlyMap<string, unknown> {
    return this.#names;
  }

  /** The text in which code that is being written is looked at. */
  current(code: string): Document {
    const scanned = scan(code);
    const own = writtenNames(scanned);
    const assigned = assignedNames(scanned);
    const isAssigned = ([name, { kind }]: [string, Origin]): boolean =>
      kind === 'variable' && assigned.has(name);
    const name = mayHaveJsx(code) ? CURRENT_JSX : CURRENT;
    return this.#document({ name, code, scanned, own, used: [...this.#names], isAssigned });
  }

  /** The text of a cell that runs, for a look at its errors; undefined for one that does not parse. */
  running(source: string): Document | undefined {
    const names = cellNames(source);
    if (!names) return undefined;
    const name = names.hasJsx ? CURRENT_JSX : CURRENT;
    return this.#module(name, source, { ...names, used: this.#used(source) });
  }

  /** A document that exports what its code declares. */
  #module(name: string, code: string, { declared, assigned, used }: ModuleNames): Document {
    const isAssigned = ([used, { kind }]: [string, Origin]): boolean =>
      kind !== 'other' && assigned.has(used);
    const exported = [...declared].filter(([, { exported: is }]) => !is).map(([declared]) => declared);
    return this.#document({
      ...{ name, code, scanned: scan(code), own: new Set(declared.keys()), used, isAssigned },
      below: `\n;export { ${exported.join(', ')} };\n`,
    });
  }

  #document({ name, code, scanned, own, used, isAssigned, below = '' }: Content): Document {
    const again = new Set(used.map(([used]) => used).filter((used) => own.has(used)));
    const { code: renamed, aliases } = withEarlierNames(code, scanned, again);
    const names = new Set(aliases.values());
    const needed = (entry: [string, Origin]): boolean => !own.has(entry[0]) || names.has(entry[0]);
    // Of code under way all modules, whatever is written: with other imports than before, the server would look
    // at all files.
    const imported = below === '' ? used : used.filter(needed);
    const above = imports(imported, (entry) => !own.has(entry[0]) && !isAssigned(entry), aliases);
    const variables = used.filter((entry) => !own.has(entry[0]) && isAssigned(entry)).map(variable);
    const ambient = [...this.#ambient].map((module) => `import './${module}'; `);
    const first = [...ambient, above, ...variables, 'export {};'].join('');
    const modules = new Set([...this.#ambient, ...imported.map(([, { module }]) => module)]);
    return { name, text: `${first}\n${renamed}${below}`, imports: modules, aliases };
  }

  /** A cell has begun to run: its names are in force. */
  add(source: string): void {
    const names = cellNames(source);
    if (!names) return;
    this.#narrow(names);
    if (names.declared.size === 0 && !names.ambient) return;
    const isPlain = !names.ambient && !names.hasJsx && !/\bexport\b/.test(source);
    const used = this.#used(source);
    if (!isPlain || !this.#group?.takes(source, names)) {
      this.seal();
      this.#count += 1;
      this.#group = new CellGroup(moduleName(this.#count, names.hasJsx));
    }
    const group = this.#group as CellGroup;
    group.add(source, names, used);
    for (const [name, { kind }] of names.declared) this.#names.set(name, { module: group.module, kind });
    if (!isPlain) this.seal(names.ambient);
  }

  /** The cells that have run become modules that can be shown. */
  seal(isAmbient = false): void {
    const group = this.#group;
    if (!group) return;
    this.#group = undefined;
    const { module, code, declared, assigned, used } = group;
    this.modules.set(module, this.#module(module, code, { declared, assigned, used: [...used] }));
    if (isAmbient) this.#ambient.add(module);
    this.#forget();
  }

  #narrow({ declared, assigned, annotated }: CellNames): void {
    for (const name of declared.keys()) this.narrowed.delete(name);
    for (const name of [...assigned, ...annotated]) this.narrowed.add(name);
  }

  /** All cells' names are gone. */
  clear(): void {
    this.narrowed.clear();
    this.modules.clear();
    this.#group = undefined;
    this.#names.clear();
    this.#ambient.clear();
  }

  #used(source: string): [string, Origin][] {
    // Also those in strings and comments: one too many is imported for nothing.
    const mentioned = new Set(source.match(NAME));
    return [...mentioned].flatMap((name): [string, Origin][] => {
      const origin = this.#names.get(name);
      return origin ? [[name, origin]] : [];
    });
  }

  /** The modules that a document imports, those that import others before these. */
  reached(document: Document): Document[] {
    const found = new Map<string, Document>();
    const visit = ({ imports: names }: Document): void => {
      for (const name of names) {
        const module = this.modules.get(name);
        if (!module || found.has(name)) continue;
        found.set(name, module);
        visit(module);
      }
    };
    visit(document);
    return [...found.values()];
  }

  /** Drops the modules of names that have all been declared again since. */
  #forget(): void {
    const kept = new Set([...this.#ambient, ...[...this.#names.values()].map(({ module }) => module)]);
    const roots = { name: '', text: '', imports: kept, aliases: new Map<string, string>() };
    const needed = new Set(this.reached(roots).map(({ name }) => name));
    for (const name of this.modules.keys()) if (!needed.has(name)) this.modules.delete(name);
  }
}

/** `a = `: what is expected there is the variable's type. */
function assignedNames({ tokens }: Scan): Set<string> {
  const isAssigned = (_token: Token, at: number): boolean =>
    tokens[at + 1]?.text === '=' && tokens[at - 1]?.text !== '.';
  return new Set(tokens.filter(isAssigned).map(({ text }) => text));
}

/** `import { a, b, c as d } from './….ts'; …` on one line. */
function imports(
  names: readonly [string, Origin][],
  isWanted: (name: [string, Origin]) => boolean,
  aliases: ReadonlyMap<string, string>,
): string {
  const again = new Map([...aliases].map(([alias, name]) => [name, alias]));
  const byModule = new Map<string, string[]>();
  for (const entry of names) {
    const [name, { module }] = entry;
    const list = byModule.get(module) ?? [];
    if (isWanted(entry)) list.push(name);
    if (again.has(name)) list.push(`${name} as ${again.get(name)}`);
    byModule.set(module, list);
  }
  return [...byModule].map(([module, list]) => `import { ${list.join(', ')} } from './${module}'; `).join('');
}

/** A name that the cell assigns to, which an import may not be. */
const variable = ([name, { module, kind }]: [string, Origin]): string =>
  `declare let ${name}: ${kind === 'variable' ? `typeof import('./${module}').${name}` : 'any'}; `;
