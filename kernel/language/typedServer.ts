import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DiskChange } from './disk.ts';
import { CURRENT_NAMES, type Document, type Documents } from './documents.ts';
import { CONFIG_NAME, configText } from './project.ts';
import { AnswerTimeoutError, LanguageServer } from './server.ts';

const LANGUAGES: Readonly<Record<string, string>> = { '.json': 'json', '.tsx': 'typescriptreact' };

/** Nobody has asked anything for so long: the server's memory is given back. */
const IDLE_MS = 10 * 60_000;
/** A server that dies so often in a row is not started again for a while. */
const MAX_DEATHS = 3;
const REST_MS = 60_000;

export interface TypedServerOptions {
  folder: string;
  types: string;
  documents: Documents;
  log(line: string): void;
  idleMs?: number;
}

/** The language server with the documents it has been told of: started when it is asked, again when it died. */
export class TypedServer {
  readonly #options: TypedServerOptions;
  #server: LanguageServer | undefined;
  #starting: Promise<LanguageServer> | undefined;
  #toolkit = false;
  #config: string | undefined;
  /** The server looks at what has changed on the disk when a document changes. */
  #stale = false;
  readonly #open = new Map<string, { text: string; version: number }>();
  #deaths: number[] = [];
  /** What was said of the last death. */
  #reason: string | undefined;
  #idle: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: TypedServerOptions) {
    this.#options = options;
  }

  /** The server's process, while there is one. */
  get pid(): number | undefined {
    return this.#server?.pid;
  }

  /** Whether the types of the toolkit are among what the server knows. */
  get hasToolkit(): boolean {
    return this.#toolkit;
  }

  /** From now on the types of the toolkit are needed. */
  useToolkit(): void {
    this.#toolkit = true;
    this.#config = undefined;
  }

  /** Questions are asked one after the other, since each is about the text of one document. */
  ask<T>(document: Document, question: (ask: Asker) => Promise<T>): Promise<T> {
    const answer = this.#turn.then(async () => {
      const server = await this.#running();
      this.#show(server, document);
      const textDocument = { uri: this.#uri(document.name) };
      try {
        return await question({
          request: (method, params = {}) => server.request(method, { textDocument, ...params }),
          plain: (method, params) => server.request(method, params),
        });
      } catch (error) {
        // What it is still busy with would keep the next question waiting.
        if (error instanceof AnswerTimeoutError) this.#stop();
        throw error;
      } finally {
        this.#rest();
      }
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Files have changed on the disk: the server does not watch them. */
  changed(changes: readonly DiskChange[]): void {
    this.#config = undefined;
    this.#stale = true;
    const types = { created: 1, changed: 2, deleted: 3 };
    this.#server?.notify('workspace/didChangeWatchedFiles', {
      changes: changes.map(({ path, type }) => ({ uri: pathToFileURL(path).href, type: types[type] })),
    });
  }

  /** The next question starts another server. */
  restart(): void {
    this.#config = undefined;
    this.#turn = this.#turn.then(() => this.#stop());
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#idle);
    this.#server?.close();
    this.#server = undefined;
    this.#starting = undefined;
    this.#open.clear();
  }

  /** From now on nobody asks anything. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#closed) return;
    this.#idle = setTimeout(() => this.#stop(), this.#options.idleMs ?? IDLE_MS);
    this.#idle.unref();
  }

  #uri(name: string): string {
    return pathToFileURL(join(this.#options.folder, name)).href;
  }

  async #running(): Promise<LanguageServer> {
    if (this.#closed) throw new Error('the kernel is shutting down');
    clearTimeout(this.#idle);
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<LanguageServer> {
    try {
      this.#deaths = this.#deaths.filter((time) => Date.now() - time < REST_MS);
      if (this.#deaths.length >= MAX_DEATHS)
        throw new Error('the language server died too often to be started again');
      return await this.#launch();
    } catch (error) {
      this.#starting = undefined;
      throw error;
    }
  }

  async #launch(): Promise<LanguageServer> {
    let server: LanguageServer | undefined;
    try {
      server = await LanguageServer.start({
        folder: this.#options.folder,
        configName: CONFIG_NAME,
        // One that ends before it is there rejects the start.
        ended: (reason) => {
          if (server === undefined || this.#server !== server) return;
          this.#died(reason);
          this.#stop();
        },
      });
    } catch (error) {
      if (!this.#closed) this.#died((error as Error).message);
      throw error;
    }
    if (this.#closed) server.close();
    this.#server = server;
    return server;
  }

  #died(reason: string): void {
    const { log } = this.#options;
    if (reason !== this.#reason) log(reason);
    this.#reason = reason;
    this.#deaths.push(Date.now());
    if (this.#deaths.length === MAX_DEATHS) log(`no types for ${REST_MS / 1000} s: ${reason}`);
  }

  /** Lets the server see a document, and the modules that it imports, as they are now. */
  #show(server: LanguageServer, document: Document): void {
    const { folder, types, documents } = this.#options;
    documents.seal();
    this.#config ??= configText({ folder, types, toolkit: this.#toolkit });
    const gone = [...this.#open.keys()].filter(
      (name) => name !== CONFIG_NAME && !CURRENT_NAMES.includes(name) && !documents.modules.has(name),
    );
    this.#set(server, { name: CONFIG_NAME, text: this.#config });
    // What imports a module comes first: a module that nobody imports would be a project of its own.
    this.#set(server, document);
    for (const module of documents.reached(document)) this.#set(server, module);
    for (const name of gone) {
      this.#open.delete(name);
      server.notify('textDocument/didClose', { textDocument: { uri: this.#uri(name) } });
    }
  }

  #set(server: LanguageServer, { name, text }: Pick<Document, 'name' | 'text'>): void {
    const known = this.#open.get(name);
    const isCurrent = CURRENT_NAMES.includes(name);
    if (known?.text === text && !(this.#stale && isCurrent)) return;
    if (isCurrent) this.#stale = false;
    const uri = this.#uri(name);
    const version = (known?.version ?? 0) + 1;
    this.#open.set(name, { text, version });
    if (known) {
      server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    } else {
      const languageId = LANGUAGES[extname(name)] ?? 'typescript';
      server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
    }
  }
}

/** Asks about the document that is shown, or anything. */
export interface Asker {
  request<T>(method: string, params?: object): Promise<T>;
  plain<T>(method: string, params: object): Promise<T>;
}
