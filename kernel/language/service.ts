import type { Json } from '../message/types.ts';

export interface CompletionItem {
  text: string;
  type: string;
  signature?: string;
  /** Markdown. */
  documentation?: string;
}

/** Offsets count UTF-16 units of the code. */
export interface Completion {
  start: number;
  end: number;
  items: CompletionItem[];
}

export interface Inspection {
  data: Json;
}

export type Completeness =
  | { status: 'complete' | 'invalid' | 'unknown' }
  | { status: 'incomplete'; indent: string };

/** Answers about code that is being written. All of it works while a cell computes. */
export interface LanguageService {
  complete(code: string, cursor: number): Promise<Completion>;
  inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection | undefined>;
  isComplete(code: string): Promise<Completeness>;
}
