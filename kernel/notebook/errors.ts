/** A notebook that cannot be read or understood; the message is one line. */
export class NotebookError extends Error {
  override readonly name = 'NotebookError';
  /** The file, where one is known. */
  readonly path: string | undefined;
  /** Where in the document, for example `cells[3].source`. */
  readonly place: string | undefined;
  /** The message without the file. */
  readonly problem: string;

  constructor(problem: string, options: { path?: string; place?: string; cause?: unknown } = {}) {
    const line = problem.replace(/\s+/g, ' ');
    super(
      options.path === undefined ? line : `${options.path}: ${line}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.path = options.path;
    this.place = options.place;
    this.problem = line;
  }
}
