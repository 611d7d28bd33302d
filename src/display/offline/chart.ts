import { gzipSync } from 'node:zlib';
import { bootstrap } from './bootstrap.ts';
import { familyOf, type LibraryName, libraryId } from './libraries.ts';

/** From this length on a spec is sent compressed. */
const longSpec = 4000;

/**
 * A chart that a library of the page draws in the place of its still picture, as HTML. The notebook must hold
 * the library, which `provideLibrary` sees to; without it, and without scripts, the picture stays.
 *
 * @param library the smallest library that can draw it
 * @param spec what the library's `draw` takes, as JSON
 * @param still the markup of the picture
 */
export function chartHtml(library: LibraryName, spec: string, still: string): string {
  const family = familyOf(library);
  const able = family.slice(family.indexOf(library)).reverse().map(libraryId).join(' ');
  const isLong = spec.length >= longSpec;
  const text = isLong ? gzipSync(spec, { level: 9 }).toString('base64') : spec.replaceAll('<', '\\u003c');
  return (
    `<div data-descent-chart="${able}"><div data-descent-still>${still}</div>` +
    `<script type="application/json"${isLong ? ' data-gzip' : ''}>${text}</script></div>${bootstrap}`
  );
}
