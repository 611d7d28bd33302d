import type { CommMessage, EvaluatedExpression, Query, Question } from './protocol.ts';

export type StreamName = 'stdout' | 'stderr';

/** A transformed cell with what the runtime needs to run and to report on it. */
export interface CellRequest {
  /** Counts every request, also silent ones; output carries it. */
  cell: number;
  code: string;
  /** The cell's name in tracebacks; relative imports resolve from its folder. */
  file: string;
  /** The TypeScript source, for the lines of a traceback. */
  source: string;
  mappings: string[];
  /** Names that the code assigns to at its top level: they are declared before it runs, each once. */
  declare: string[];
  /** Identifiers that the cell mentions; preloaded names among them are loaded first. */
  references: string[];
  isAsync: boolean;
  hasResult: boolean;
  allowStdin: boolean;
  /** The cell of the notebook, where the front-end says which one it is. */
  notebookCell?: string;
  /** Cells that the user has deleted since the request before. */
  deletedCells: string[];
}

/** An error as Jupyter reports it. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

export interface MimeBundle {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** What a cell asks to be shown. */
export type OutputRequest =
  | ({ type: 'display'; displayId?: string; update?: boolean } & MimeBundle)
  | { type: 'clear'; wait: boolean };

/** How a runtime process ended. */
export interface Death {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** A sentence that names the cause. */
  reason: string;
  /** The user has asked for a fresh runtime. */
  isReset?: boolean;
}

export type CellOutcome =
  | { status: 'ok'; result?: MimeBundle }
  | { status: 'error'; error: ErrorReport }
  | { status: 'interrupted'; stateLost: boolean }
  | { status: 'died'; death: Death };

/** What an engine reports while it lives; `cell` says whose output it is. */
export interface EngineEvents {
  stream(cell: number, name: StreamName, text: string): void;
  output(cell: number, output: OutputRequest): void;
  /** An unhandled rejection or an exception in a timer, in the cell that started it. */
  error(cell: number, error: ErrorReport): void;
  comm(cell: number, message: CommMessage, buffers: Buffer[]): void;
  input(cell: number, prompt: string, password: boolean): void;
  /** A cell waits for the answer; a rejection is an error there. */
  ask(cell: number, question: Question): Promise<unknown>;
  /** For the reply to the cell's request. */
  payload(cell: number, payload: Record<string, unknown>): void;
  /** The runtime ended by itself; a fresh one is on its way. */
  died(death: Death): void;
}

/** Runs transformed cells, one at a time, in a process of its own. */
export interface Engine {
  execute(request: CellRequest): Promise<CellOutcome>;
  evaluate(cell: number, expressions: Record<string, string>): Promise<Record<string, EvaluatedExpression>>;
  /** Ends what runs, also a wait, with the variables kept where that is possible. */
  interrupt(): Promise<void>;
  /** The interrupt under way: a cell that begins before its end could be hit in place of the one before. */
  readonly interrupting: Promise<void> | undefined;
  /** Answers the input that a cell waits for; null is end of file, an error is thrown in the cell. */
  reply(value: string | null, error?: string): void;
  query<T>(query: Query, timeout: number): Promise<T | undefined>;
  /** Delivers a comm message; what its handlers print and show is output of `cell`. */
  comm(cell: number, message: CommMessage, buffers: readonly Uint8Array[]): Promise<void>;
  /** Replaces the process by a fresh one; a cell that runs ends well. */
  reset(): Promise<void>;
  /** Ends the process and what it started. */
  shutdown(): Promise<void>;
}
