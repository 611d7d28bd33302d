import type { SessionNames } from '../session.ts';

/** What the names in a magic or a shell command may mean. */
export interface KnownNames {
  /** A cell has declared it. */
  declared(name: string): boolean;
  /** It has a value: declared, preloaded or a global. */
  known(name: string): boolean;
}

/** What every cell finds, beside the globals of Node. */
export const PRELOADED: ReadonlySet<string> = new Set(
  `tf backend linear losses optimizers training transforms schedules regularizers initializers datasets display html md svg plotly vegaLite image
table histogram confusionMatrix lossSurface history progress liveChart interact widgets comms prompt
confirm input require $ __dirname __filename _exit_code`.split(/\s+/),
);
const GLOBALS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));

export const isGlobal = (name: string): boolean => PRELOADED.has(name) || GLOBALS.has(name);

/** What the cells of a session and the one at hand, whose own names are given, can name. */
export function namesOf(session: SessionNames, own: ReadonlySet<string>): KnownNames {
  const declared = (name: string): boolean => own.has(name) || session.declared.has(session.alias(name));
  return { declared, known: (name) => declared(name) || isGlobal(name) };
}
