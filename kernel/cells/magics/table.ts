import { CODE_MAGICS } from './tableCode.ts';
import { DISPLAY_MAGICS } from './tableDisplay.ts';
import { FILE_MAGICS } from './tableFiles.ts';
import { PACKAGE_MAGICS } from './tablePackages.ts';
import { SESSION_MAGICS } from './tableSession.ts';

interface MagicOption {
  /** Without its dash. */
  flag: string;
  /** What its value is called, where it has one. */
  value?: string;
  help: string;
}

/** What is known of a magic without running it. */
export interface Magic {
  name: string;
  /** `%name`, `%%name` or both. */
  kind: 'line' | 'cell' | 'both';
  usage: string;
  /** One line. */
  help: string;
  details: string;
  example: string;
  options?: readonly MagicOption[];
  /** The cell waits for it. */
  isAsync?: boolean;
  /** What follows the options is TypeScript. */
  isCode?: boolean;
  /** What to offer while its text is written. */
  completes?: 'files' | 'folders' | 'variables' | 'magics';
  /** The words that it takes. */
  values?: readonly string[];
  /** It cannot stand beside other code. */
  isAlone?: boolean;
}

export const MAGICS: readonly Magic[] = [
  ...SESSION_MAGICS,
  ...FILE_MAGICS,
  ...PACKAGE_MAGICS,
  ...CODE_MAGICS,
  ...DISPLAY_MAGICS,
].toSorted((one, other) => (one.name < other.name ? -1 : 1));

const BY_NAME: ReadonlyMap<string, Magic> = new Map(MAGICS.map((magic) => [magic.name, magic]));

export const magicNamed = (name: string): Magic | undefined => BY_NAME.get(name);

/** The names as they are written: `%cd`, `%%html`, and both for those that are both. */
export function writtenMagics(kind?: 'line' | 'cell'): string[] {
  const written = (sign: string, other: 'line' | 'cell'): string[] =>
    kind === other ? [] : MAGICS.filter((magic) => magic.kind !== other).map(({ name }) => sign + name);
  return [...written('%', 'cell'), ...written('%%', 'line')];
}
