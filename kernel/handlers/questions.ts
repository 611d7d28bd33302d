import type { Question } from '../engine/protocol.ts';
import type { LanguageService } from '../language/service.ts';
import type { Json } from '../message/types.ts';

export interface QuestionParts {
  language: LanguageService;
  /** Goes with the reply to the cell's request. */
  payload: (cell: number, payload: Json) => void;
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
    }
  }
}

/** What is known of a value, for the front-end's pager. */
export async function pageOf(language: LanguageService, expression: string, detail: 0 | 1): Promise<Json> {
  const answer = await language.inspect(expression, expression.length, detail);
  const data = answer?.data ?? { 'text/plain': `'${expression}' was not found` };
  return { source: 'page', data, start: 0 };
}
