import { tooDeep } from '../cells/depth.ts';
import { scan } from '../cells/tokens.ts';
import { Completer, type TypedCompletion } from './completer.ts';
import { type Diagnostic, type ServerDiagnostic, unknownNames, worthSaying } from './diagnostics.ts';
import { Disk } from './disk.ts';
import { type Document, Documents, LINES_ABOVE } from './documents.ts';
import { withNames } from './earlierNames.ts';
import { hoverOf, type ServerHover, type TypedHover, typeIn } from './hover.ts';
import { mayBeNarrowed } from './narrowed.ts';
import { positionAt } from './positions.ts';
import { toolkitNames } from './project.ts';
import { TypedServer } from './typedServer.ts';
import { type Allows, UntypedNotebook } from './untyped.ts';

export interface TypedOptions {
  /** The notebook's folder. */
  folder: string;
  /** The folder with the declarations of what is preloaded. */
  types: string;
  log(line: string): void;
  idleMs?: number;
}

/** What the server says of a name that it does not know. */
const UNKNOWN = 'any';

const known = (hover: TypedHover | undefined): TypedHover | undefined =>
  hover?.signature === UNKNOWN ? undefined : hover;

/** The value says more, or the same. */
const SAYS_NOTHING = /^(?:any|true|false|-?\d[\d.e+-]*n?|"[^"]*")$/;

/** So many answers are kept. */
const KEPT_HOVERS = 50;

/** A name that is in nobody's way. */
const TYPE = '$descent_type';

/** Files that earlier cells depend on are looked at so often, in milliseconds. */
const LOOK_MS = 250;

/** A cell as it was when it began to run. */
export interface CheckedCell {
  document: Document;
  lines: number;
  /** Names of cells before it. */
  earlier: ReadonlySet<string>;
  /** What is no error, in view of the cells before it. */
  allows: Allows;
}

/** Whether the runtime knows a name. */
export type IsLive = (name: string) => Promise<boolean>;

/** Answers from types: the language server, asked about the cells as modules. */
export class TypedLanguage {
  readonly #documents = new Documents();
  readonly #untyped = new UntypedNotebook();
  readonly #server: TypedServer;
  readonly #completer: Completer;
  readonly #toolkit: ReadonlySet<string>;
  readonly #disk: Disk;
  readonly #hovers = new Map<string, TypedHover | undefined>();
  #looked = 0;

  constructor(options: TypedOptions) {
    const documents = this.#documents;
    this.#toolkit = toolkitNames(options.types);
    this.#disk = new Disk(options.folder);
    this.#server = new TypedServer({ ...options, documents });
    this.#completer = new Completer({ server: this.#server, documents, toolkit: this.#toolkit });
  }

  /** The server's process, while there is one. */
  get pid(): number | undefined {
    return this.#server.pid;
  }

  /** A cell as it is now to be checked. Undefined for one that does not parse. */
  look(source: string): CheckedCell | undefined {
    this.#mention(source);
    const document = this.#documents.running(source);
    if (!document) return undefined;
    const earlier = new Set(this.#documents.names.keys());
    const untyped = this.#untyped.allowedIn(source, document.text);
    const narrowed = new Set(this.#documents.narrowed);
    const allows: Allows = (item) => untyped(item) || mayBeNarrowed(item, document.text, narrowed);
    return { document, lines: source.split('\n').length, earlier, allows };
  }

  /** A cell runs: its names are in force. */
  ran(source: string): void {
    this.#mention(source);
    this.#documents.add(source);
    if (tooDeep(source) === undefined) this.#untyped.add(source);
    this.#forget();
  }

  /** The names of all cells are gone. */
  cleared(): void {
    this.#documents.clear();
    this.#untyped.clear();
    this.#forget();
  }

  /** What has been asked before may have another answer now. */
  #forget(): void {
    this.#completer.forget();
    this.#hovers.clear();
  }

  /** Files may have changed on the disk: the server is told which. */
  #look(code: string): void {
    const late = Date.now() - this.#looked >= LOOK_MS;
    if (late) this.#looked = Date.now();
    const modules = late ? [...this.#documents.modules.values()].map(({ text }) => text) : [];
    const changes = this.#disk.changes([code, ...modules]);
    if (changes.length === 0) return;
    this.#server.changed(changes);
    this.#forget();
  }

  /** Types of the toolkit are loaded once it is mentioned. */
  #mention(code: string): void {
    this.#look(code);
    if (this.#server.hasToolkit) return;
    if (!scan(code).tokens.some(({ kind, text }) => kind === 'name' && this.#toolkit.has(text))) return;
    this.#server.useToolkit();
    this.#forget();
  }

  /** Rejects when the server does not answer; undefined where it has nothing to say. */
  complete(code: string, cursor: number): Promise<TypedCompletion | undefined> {
    this.#mention(code);
    return this.#completer.complete(code, cursor);
  }

  /** What the name at an offset is. Rejects when the server does not answer. */
  async hover(code: string, offset: number, name: string): Promise<TypedHover | undefined> {
    this.#mention(code);
    const found = await this.#hover(code, offset, name);
    // A type stands where only values count.
    if (found?.signature !== UNKNOWN || !this.#documents.names.has(name)) return known(found);
    return known(await this.#hover(`type ${TYPE} = ${name}`, TYPE.length + 8, name));
  }

  async #hover(code: string, offset: number, name: string): Promise<TypedHover | undefined> {
    const key = `${offset} ${code}`;
    if (this.#hovers.has(key)) return this.#hovers.get(key);
    const document = this.#documents.current(code);
    const found = await this.#server.ask(document, async (ask) => {
      const position = positionAt(code, offset);
      const answer = await ask.request<ServerHover | null>('textDocument/hover', { position });
      const hover = await hoverOf(answer, name);
      return hover && { ...hover, signature: withNames(hover.signature, document.aliases) };
    });
    if (this.#hovers.size === KEPT_HOVERS) this.#hovers.clear();
    this.#hovers.set(key, found);
    return found;
  }

  /** The types of names of cells. Rejects when the server does not answer. */
  typesOf(names: readonly string[]): Promise<Record<string, string>> {
    const known = names.filter((name) => this.#documents.names.has(name));
    const document = this.#documents.current(known.join(';\n'));
    return this.#server.ask(document, async (ask) => {
      const hovers = known.map(async (name, line) => {
        const position = { line: line + LINES_ABOVE, character: 0 };
        const hover = await hoverOf(
          await ask.request<ServerHover | null>('textDocument/hover', { position }),
          name,
        );
        const type = hover && typeIn(hover.signature);
        return type && !SAYS_NOTHING.test(type) ? [[name, type]] : [];
      });
      return Object.fromEntries((await Promise.all(hovers)).flat()) as Record<string, string>;
    });
  }

  /** The type errors of a cell. Rejects when the server does not answer. */
  async diagnose({ document, lines, earlier, allows }: CheckedCell, isLive: IsLive): Promise<Diagnostic[]> {
    const answer = await this.#server.ask(document, (ask) =>
      ask.request<{ items?: ServerDiagnostic[] }>('textDocument/diagnostic', {}),
    );
    const items = (answer.items ?? []).filter((item) => !allows(item));
    const names = [...unknownNames(items)];
    const known = await Promise.all(names.map(isLive));
    const live = new Set(names.filter((_name, at) => known[at]));
    return worthSaying(items, lines, { earlier, live });
  }

  /** Packages were installed or removed: what the server has found of them, and not found, is forgotten. */
  packagesChanged(): void {
    this.#server.restart();
    this.#forget();
  }

  close(): void {
    this.#server.close();
  }
}
