import type { CellRequest, ErrorReport, MimeBundle, OutputRequest } from './engine.ts';

/** Which file descriptor of the runtime process is what; 0 to 2 are the standard ones. */
export const FD = { commands: 3, events: 4, interrupter: 5 } as const;

/** Host → runtime's main thread. */
export type Command =
  | ({ op: 'execute' } & CellRequest)
  | { op: 'evaluate'; id: number; cell: number; expressions: Record<string, string> }
  /** Confirmed once all that was sent before it has begun; the continuations of the cell, if one is given, are stopped. */
  | { op: 'cancel'; id: number; cell?: number }
  | ({ op: 'comm'; id: number; cell: number } & CommMessage)
  /** To an `ask`: a value, or why there is none. */
  | { op: 'answer'; id: number; value: unknown }
  | { op: 'answer'; id: number; error: string };

/** What only the host knows or can do. */
export type Question =
  /** Shows what is known of a value as a page. */
  | { kind: 'inspect'; expression: string; detail: 0 | 1 }
  | HistoryQuestion
  /** The names that cells have declared. */
  | { kind: 'names' }
  /** The types of names, as far as they are known. */
  | { kind: 'types'; names: string[] }
  /** What type errors are to do; an empty mode asks what they do. */
  | { kind: 'typecheck'; mode: string }
  /** Packages of a folder were installed or removed: what is known of them no longer holds. */
  | { kind: 'packages-changed'; folder: string }
  /** Replaces the runtime by a fresh one. */
  | { kind: 'reset' };

/** Cells that were run: of the ranges, or the last ones, or those that match. */
export interface HistoryQuestion {
  kind: 'history';
  /** `session` counts back from this one, which is 0; `stop` is exclusive. */
  ranges: { session: number; start: number; stop: number }[];
  last?: number;
  pattern?: string;
  isUnique: boolean;
}

export interface HistoryLine {
  /** The number of the cell, with that of its session where it is another. */
  label: string;
  source: string;
}

export interface SessionName {
  name: string;
  /** What it is called in the code that runs. */
  binding: string;
}

/** Comm messages in either direction, binary buffers beside them. */
export interface CommMessage {
  type: 'open' | 'msg' | 'close';
  commId: string;
  target?: string;
  data: unknown;
  metadata?: Record<string, unknown>;
}

/** Runtime's main thread → host. */
export type Event =
  | { ev: 'ready' }
  | ({ ev: 'output'; cell: number } & OutputRequest)
  | { ev: 'done'; cell: number; status: 'ok'; result?: MimeBundle }
  | { ev: 'done'; cell: number; status: 'error'; error: ErrorReport }
  | { ev: 'error'; cell: number; error: ErrorReport }
  | { ev: 'evaluated'; id: number; results: Record<string, EvaluatedExpression> }
  | ({ ev: 'comm'; cell: number } & CommMessage)
  | { ev: 'comm-done'; id: number }
  | { ev: 'cancelled'; id: number }
  | { ev: 'input'; cell: number; prompt: string; password: boolean }
  | { ev: 'ask'; id: number; cell: number; question: Question }
  /** For the reply to the cell's request. */
  | { ev: 'payload'; cell: number; payload: Record<string, unknown> }
  /** The process groups of commands that run: they end with the runtime. */
  | { ev: 'groups'; groups: number[] }
  | { ev: 'exiting'; code: number };

export type EvaluatedExpression = ({ status: 'ok' } & MimeBundle) | ({ status: 'error' } & ErrorReport);

/** Host → interrupter thread. */
export type InterrupterCommand =
  | { op: 'interrupt'; id: number }
  | { op: 'input'; value: string | null; error?: string }
  | { op: 'query'; id: number; query: Query }
  /** The answer to `sync`. */
  | { op: 'synced' };

/** Interrupter thread → host. */
export type InterrupterEvent =
  | { ev: 'interrupted'; id: number; state: InterruptState }
  | { ev: 'answer'; id: number; answer: unknown }
  /** To be answered when the host has read all that its pipes hold. */
  | { ev: 'sync' };

/** What the main thread was doing: nothing, running until it was terminated, or not to be stopped. */
export type InterruptState = 'idle' | 'terminated' | 'stuck';

/** Questions about live values, answered through the inspector also while a cell computes. */
export type Query =
  | { kind: 'names' }
  /** Of the value's own members only those that a loop would find, where `own` is set. */
  | { kind: 'members'; expression: string; own: boolean }
  | { kind: 'describe'; expression: string }
  /** The folder that cells run in. */
  | { kind: 'folder' }
  /** The names of the environment variables. */
  | { kind: 'environment' };

export interface NameInfo {
  name: string;
  type: string;
}

export interface Description {
  type: string;
  className?: string;
  preview: string;
  /** Source text of a function. */
  source?: string;
  signature?: string;
  /** Of a function that a cell made. */
  origin?: Origin;
}

/** Where a function was written. */
export interface Origin {
  /** The TypeScript of its cell. */
  text: string;
  /** From the code that ran to the TypeScript. */
  mappings: string[];
  /** Where the function begins in the code that ran, one-based. */
  line: number;
  /** Zero-based. */
  column: number;
}
