/** One line of the report. A problem says what to type; a note is not one, but good to know. */
export interface Finding {
  topic: string;
  status: 'ok' | 'note' | 'problem';
  text: string;
  /** The command that helps. */
  fix?: string;
}

/** How long a program that is asked something may take. */
export const ASK_TIMEOUT = 20_000;
