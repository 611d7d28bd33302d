import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** What a link may lead to: a notebook that is run as well, and its page. */
export interface Linked {
  path: string;
  html?: string;
}

export interface Place {
  /** Where the notebook's links start. */
  folder: string;
  /** The page that they are written to. */
  page: string;
}

/**
 * A relative link of a notebook as its page needs it: to the page of a notebook that is run as well,
 * else to the same file as before, wherever the page is.
 */
export function linkFromPage(href: string, place: Place, others: readonly Linked[]): string {
  const [, file = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
  if (file === '' || file.startsWith('/')) return href;
  let name: string;
  try {
    name = decodeURIComponent(file);
  } catch {
    return href;
  }
  const path = resolve(place.folder, name);
  const page = others.find((other) => other.path === path)?.html;
  if (page === undefined && place.folder === dirname(place.page)) return href;
  const way = relative(dirname(place.page), page ?? path);
  // On Windows there is no way from one drive to another.
  if (isAbsolute(way)) return href;
  const steps = way === '' ? ['.'] : way.split(sep);
  const slash = page === undefined && file.endsWith('/') ? '/' : '';
  return steps.map(encodeURIComponent).join('/') + slash + rest;
}
