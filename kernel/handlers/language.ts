import { codePointsFromUnits, unitsFromCodePoints } from '../language/cursor.ts';
import type { LanguageService } from '../language/service.ts';
import type { Message } from '../message/types.ts';
import { field, type Handler, RequestError } from '../session/dispatch.ts';

function cursorOf(request: Message, code: string): number {
  const position = field(request, 'cursor_pos', 'number', codePointsFromUnits(code, code.length));
  if (!Number.isInteger(position) || position < 0) {
    throw new RequestError(`cursor_pos is ${position}, expected a whole number from 0`);
  }
  return unitsFromCodePoints(code, position);
}

/** complete, inspect and is_complete: answered also while a cell computes. */
export function languageHandlers(language: LanguageService): [string, Handler][] {
  return [
    ['complete_request', (request) => complete(language, request)],
    ['inspect_request', (request) => inspect(language, request)],
    [
      'is_complete_request',
      async (request) => ({ ...(await language.isComplete(field(request, 'code', 'string'))) }),
    ],
  ];
}

async function complete(language: LanguageService, request: Message): Promise<Record<string, unknown>> {
  const code = field(request, 'code', 'string');
  const { start, end, items } = await language.complete(code, cursorOf(request, code));
  const from = codePointsFromUnits(code, start);
  const to = codePointsFromUnits(code, end);
  const types = items.map((item) => ({ start: from, end: to, ...item }));
  return {
    status: 'ok',
    matches: items.map(({ text }) => text),
    cursor_start: from,
    cursor_end: to,
    metadata: { _jupyter_types_experimental: types },
  };
}

async function inspect(language: LanguageService, request: Message): Promise<Record<string, unknown>> {
  const code = field(request, 'code', 'string');
  const detail = field(request, 'detail_level', 'number', 0) === 1 ? 1 : 0;
  const found = await language.inspect(code, cursorOf(request, code), detail);
  return { status: 'ok', found: found !== undefined, data: found?.data ?? {}, metadata: {} };
}
