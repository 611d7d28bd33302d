import type { FrontEndName } from './frontEnds.ts';

/** One cell of the gallery, and what a reader must find in its output. */
export interface GalleryCase {
  /** What it shows, as a label of the contact sheet and a name of files. */
  name: string;
  source: string;
  /** Words to be read in the output: as text of the page, or drawn in a picture. */
  title: string;
  /** Words to be read where only text/plain is shown; those of `title` do as well. */
  text: string;
  /** A chart has coloured marks and a margin around them, a picture may fill its edges, text has neither. */
  kind: 'chart' | 'picture' | 'text';
  /** Whether the output is coloured. */
  coloured: boolean;
  /** A selector of what is in the page only where scripts have made it interactive. */
  live?: string;
  /** Where only a note can be drawn, with its title. */
  undrawn?: readonly FrontEndName[];
  /** Where the picture is shown without its words. */
  untitled?: readonly FrontEndName[];
  /** Where nothing can be done to show it. */
  absent?: readonly FrontEndName[];
  /** Where it is shown as text alone. */
  asText?: readonly FrontEndName[];
}

/** What is HTML first: nbconvert's own sanitising leaves of it no more than its text and a few tags. */
export const IS_HTML: readonly FrontEndName[] = ['nbconvert sanitised'];
/** What is HTML only: paper has none. */
export const ONLY_HTML: readonly FrontEndName[] = [...IS_HTML, 'nbconvert LaTeX'];
