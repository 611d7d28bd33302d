import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

/** A request that is not answered by then has failed, in milliseconds. */
const ANSWER_MS = 5000;
/** The first of all waits for the program to be read from the disk. */
const START_MS = 15_000;
/** How long it may take to ask for its settings; it does so at once. */
const CONFIGURED_MS = 1000;
/** How long the server may take to end by itself. */
const END_MS = 500;
/**
 * Go collects garbage when the heap comes near the limit, and not before: a first answer in two thirds of the
 * time. The process as a whole stays below 220 MiB with the types of the toolkit.
 */
const GO = { GOGC: 'off', GOMEMLIMIT: '208MiB' };

/** What the server asks its client about the user's settings. */
const SETTINGS = {
  // It would install types by npm, into the user's home.
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  suggest: { autoImports: false },
  preferences: { includePackageJsonAutoImports: 'off' },
};

export interface ServerOptions {
  /** The folder whose files it answers about. */
  folder: string;
  /** Its project's configuration file, in that folder. */
  configName: string;
  ended(reason: string): void;
}

/** The compiler's program for this platform. */
function compiler(): string {
  const require = createRequire(import.meta.url);
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  try {
    const manifest = require.resolve('typescript/package.json');
    const folder = dirname(createRequire(manifest).resolve(`${platform}/package.json`));
    return join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
  } catch {
    throw new Error(
      `the language server is missing: install the kernel again with ${platform}, an optional dependency`,
    );
  }
}

/** The server took too long. */
export class AnswerTimeoutError extends Error {
  override name = 'AnswerTimeoutError';
}

const CAPABILITIES = {
  workspace: { configuration: true },
  textDocument: {
    completion: {
      completionItem: {
        documentationFormat: ['markdown'],
        labelDetailsSupport: true,
        resolveSupport: { properties: ['documentation', 'detail'] },
      },
    },
    hover: { contentFormat: ['markdown'] },
    diagnostic: {},
  },
};

/** TypeScript's language server as a child process, spoken to over its standard streams. */
export class LanguageServer {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  #dead: string | undefined;
  readonly #ended: Promise<never>;
  /** It has asked for the settings. */
  readonly #configured: Promise<void>;

  private constructor(options: ServerOptions) {
    const child = spawn(compiler(), ['--lsp', '--stdio'], {
      cwd: options.folder,
      env: { ...process.env, ...GO },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    this.#child = child;
    const { stdin, stdout } = child;
    this.#connection = createMessageConnection(
      new StreamMessageReader(stdout as NonNullable<typeof stdout>),
      new StreamMessageWriter(stdin as NonNullable<typeof stdin>),
    );
    this.#connection.onError(() => undefined);
    stdin?.on('error', () => undefined);
    this.#ended = new Promise((_resolve, reject) => {
      const end = (reason: string): void => {
        if (this.#dead !== undefined) return;
        this.#dead = reason;
        reject(new Error(reason));
        this.#connection.dispose();
        options.ended(reason);
      };
      child.on('error', (error) => end(`the language server could not be started: ${error.message}`));
      child.on('exit', (code, signal) => end(`the language server ended (${signal ?? `exit code ${code}`})`));
    });
    this.#ended.catch(() => undefined);
    const settings = { ...SETTINGS, customConfigFileName: options.configName };
    this.#configured = new Promise((resolve) => {
      this.#connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => {
        // The answer is on its way once this has returned.
        setImmediate(resolve);
        return items.map(() => settings);
      });
    });
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.listen();
    child.unref();
    for (const stream of [stdin, stdout]) (stream as { unref?: () => void } | null)?.unref?.();
  }

  /** Starts the server and says hello; rejects when it cannot. */
  static async start(options: ServerOptions): Promise<LanguageServer> {
    const server = new LanguageServer(options);
    const rootUri = pathToFileURL(options.folder).href;
    const client = { processId: process.pid, rootUri, workspaceFolders: null, capabilities: CAPABILITIES };
    try {
      await server.request('initialize', client, START_MS);
    } catch (error) {
      server.close();
      throw error;
    }
    server.notify('initialized', {});
    await Promise.race([server.#configured, server.#ended, sleep(CONFIGURED_MS, undefined, { ref: false })]);
    // The settings count from the next question on. A document that is shown before gets the project of the folder
    // or none, and the server of TypeScript 7.0 fails at closing one that was opened without.
    await server.request('workspace/symbol', { query: '$descent' });
    return server;
  }

  get pid(): number | undefined {
    return this.#dead === undefined ? this.#child.pid : undefined;
  }

  notify(method: string, params: object): void {
    if (this.#dead === undefined)
      void this.#connection.sendNotification(method, params).catch(() => undefined);
  }

  /** Rejects when the server ends or does not answer in time. */
  async request<T>(method: string, params: object, timeout: number = ANSWER_MS): Promise<T> {
    if (this.#dead !== undefined) throw new Error(this.#dead);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new AnswerTimeoutError(`the language server did not answer ${method} in ${timeout} ms`)),
        timeout,
      );
    });
    const answer = this.#connection.sendRequest<T>(method, params);
    answer.catch(() => undefined);
    try {
      return await Promise.race([answer, this.#ended, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks the server to end, and ends it where it does not. */
  close(): void {
    if (this.#dead !== undefined) return;
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), END_MS);
    kill.unref();
    this.#child.once('exit', () => clearTimeout(kill));
    this.#child.kill('SIGTERM');
  }
}
