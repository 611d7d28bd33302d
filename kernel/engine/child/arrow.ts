/**
 * Where a SyntaxError arose. V8 knows, but says so in no property: Node keeps its "arrow message" (file and
 * line, the line, a caret) under a private symbol and prints it when it ends.
 */
interface UtilBinding {
  privateSymbols?: { arrow_message_private_symbol?: symbol };
}

function arrowSymbol(): symbol | undefined {
  try {
    const internals = require('internal/test/binding') as { internalBinding(name: string): UtilBinding };
    return internals.internalBinding('util').privateSymbols?.arrow_message_private_symbol;
  } catch {
    // Without --expose-internals such an error is shown without its place.
    return undefined;
  }
}

export interface Place {
  file: string;
  line: number;
  column: number;
}

let symbol: symbol | undefined | null = null;

export function placeOfArrow(error: object): Place | undefined {
  if (symbol === null) symbol = arrowSymbol();
  const arrow = symbol === undefined ? undefined : (error as Record<symbol, unknown>)[symbol];
  if (typeof arrow !== 'string') return undefined;
  const [, file, line] = /^(.+):(\d+)\n/.exec(arrow) ?? [];
  if (file === undefined) return undefined;
  return { file, line: Number(line), column: (arrow.split('\n')[2]?.indexOf('^') ?? 0) + 1 };
}
