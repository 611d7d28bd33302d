import { gzipSync } from 'node:zlib';
import { bootstrap, startOnPointer } from './bootstrap.ts';
import { familyOf, type LibraryName, libraryId } from './libraries.ts';

/**
 * A chart that a library of the page draws in the place of its still picture, as HTML. The notebook must hold
 * the library, which `withLibrary` sees to; without it, and without scripts, the picture stays.
 *
 * @param library the smallest library that can draw it
 * @param spec what the library's `draw` takes, as JSON
 * @param still the markup of the picture
 */
export function chartHtml(library: LibraryName, spec: string, still: string): string {
  const family = familyOf(library);
  const able = family.slice(family.indexOf(library)).reverse().map(libraryId).join(' ');
  const text = gzipSync(spec, { level: 9 }).toString('base64');
  const picture = `<div data-descent-still>${still}</div>`;
  const attributes = `data-descent-chart="${able}" data-descent-spec="${text}" ${startOnPointer}`;
  return `<div ${attributes}>${picture}</div>${bootstrap}`;
}
