/** A MIME bundle: the same output in several formats; a front-end shows the richest it knows. */
export type MimeBundle = Record<string, unknown>;

/** The method by which a value says how it is shown; Deno's kernel uses the same symbol. */
export const displaySymbol: unique symbol = Symbol.for('Jupyter.display');

/** The method that gives the bundle's metadata by MIME type; read once the bundle is there. */
export const metadataSymbol: unique symbol = Symbol.for('Jupyter.metadata');

/**
 * A member of a bundle: a function to be called when the bundle is about to be shown, which may show something
 * before it.
 */
export const beforeSymbol: unique symbol = Symbol.for('descent.before');

/**
 * The method that gives a bundle quickly, without pictures, or undefined: for a value that is soon replaced by the next, as
 * while a slider moves.
 */
export const draftSymbol: unique symbol = Symbol.for('descent.draft');

/** The method that gives the text of a value within others, and of one that is printed. */
export const inspectSymbol: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** A value that knows how it is shown in a notebook. */
export interface Displayable {
  [displaySymbol](): MimeBundle | Promise<MimeBundle>;
  [metadataSymbol]?(): Record<string, unknown>;
  [draftSymbol]?(): MimeBundle | undefined;
}

/** A bundle with its metadata, ready for the output channel. */
export interface Rendered {
  readonly data: MimeBundle;
  readonly metadata: Record<string, unknown>;
}
