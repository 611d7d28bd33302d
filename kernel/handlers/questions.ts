import type { HistoryLine, HistoryQuestion, Question, SessionName } from '../engine/protocol.ts';
import type { LanguageService } from '../language/service.ts';
import type { Json } from '../message/types.ts';
import type { History, HistoryEntry } from '../session/history.ts';

export interface QuestionParts {
  language: LanguageService;
  /** Goes with the reply to the cell's request. */
  payload: (cell: number, payload: Json) => void;
  history: History;
  names: () => SessionName[];
  /** The types of names as a checker knows them; what is left out shows the type of its value. */
  types: (names: readonly string[]) => Promise<Record<string, string>>;
  /** Sets what type errors do; gives what holds now. An empty mode sets nothing. */
  typecheck: (mode: string) => Promise<string>;
  /** A language server that has read packages must read them again. */
  packagesChanged: () => Promise<void>;
  reset: () => Promise<void>;
}

/** Answers what a cell asks of the host. */
export class HostQuestions {
  readonly #parts: QuestionParts;

  constructor(parts: QuestionParts) {
    this.#parts = parts;
  }

  async answer(cell: number, question: Question): Promise<unknown> {
    switch (question.kind) {
      case 'inspect':
        this.#parts.payload(cell, await pageOf(this.#parts.language, question.expression, question.detail));
        return undefined;
      case 'history':
        return this.#history(question);
      case 'names':
        return this.#parts.names();
      case 'types':
        return this.#parts.types(question.names);
      case 'typecheck':
        return this.#parts.typecheck(question.mode);
      case 'packages-changed':
        return this.#parts.packagesChanged();
      case 'reset':
        return this.#parts.reset();
    }
  }

  #history({ ranges, last, pattern, isUnique }: HistoryQuestion): HistoryLine[] {
    const { history } = this.#parts;
    if (pattern !== undefined) return history.search(`*${pattern}*`, last, isUnique).map(withSession);
    if (last !== undefined) return unique(history.tail(last), isUnique).map(withSession);
    const whole = [{ session: 0, start: 0, stop: undefined }];
    return (ranges.length > 0 ? ranges : whole).flatMap(({ session, start, stop }) =>
      unique(history.range(session, start, stop), isUnique).map((entry) =>
        session === 0 ? { label: String(entry.line), source: entry.source } : withSession(entry),
      ),
    );
  }
}

const withSession = ({ session, line, source }: HistoryEntry): HistoryLine => ({
  label: `${session}/${line}`,
  source,
});

/** Of equal cells the last. */
function unique(entries: HistoryEntry[], isUnique: boolean): HistoryEntry[] {
  if (!isUnique) return entries;
  const last = new Map(entries.map((entry) => [entry.source, entry]));
  return entries.filter((entry) => last.get(entry.source) === entry);
}

/** What is known of a value, for the front-end's pager. */
export async function pageOf(language: LanguageService, expression: string, detail: 0 | 1): Promise<Json> {
  const answer = await language.inspect(expression, expression.length, detail);
  const data = answer?.data ?? { 'text/plain': `'${expression}' was not found` };
  return { source: 'page', data, start: 0 };
}
