/** Where the next character of a piece of markup would stand. */
export type Place = 'text' | 'tag' | 'quoted' | 'bare' | 'comment' | 'script' | 'style';

/** A place, and the start of the unfinished construct around it: the next scan may begin there. */
export interface Scanned {
  readonly place: Place;
  readonly from: number;
}

/**
 * The place at the end of markup, found as a browser's tokenizer does.
 *
 * @param markup the markup so far
 * @param from where to begin: 0, or the `from` of an earlier scan of the same markup when it was shorter
 * @returns the place: `tag` is anywhere in a tag but in an attribute's value, `bare` a value without quotes
 * @example
 * placeAtEnd('<p>a</p><a href=/x', 0) // { place: 'bare', from: 8 }
 */
export function placeAtEnd(markup: string, from: number): Scanned {
  for (let at = from; ; ) {
    const open = markup.indexOf('<', at);
    if (open < 0) return { place: 'text', from: markup.length };
    const end = endOfConstruct(markup, open);
    if (typeof end === 'string') return { place: end, from: open };
    at = end;
  }
}

/** The index after what begins with the `<` at `open`, or the place at the end of the markup inside it. */
function endOfConstruct(markup: string, open: number): number | Place {
  const begin = match(/<(?:!--|[!?]|\/?(?:[a-z][^\s/>]*|$)|\/)?/iy, markup, open);
  const end = open + begin.length;
  if (begin === '<') return end === markup.length ? 'tag' : end;
  if (begin === '<!--') return endAfter(/-?>|[\s\S]*?--!?>/y, markup, end, 'comment');
  if (begin === '<!' || begin === '<?') return endAfter(/[^>]*>/y, markup, end, 'comment');
  if (begin === '</') return end === markup.length ? 'tag' : endAfter(/[^>]*>/y, markup, end, 'comment');
  const tagEnd = endOfTag(markup, end);
  const name = begin.slice(1).toLowerCase();
  if (typeof tagEnd === 'string' || (name !== 'script' && name !== 'style')) return tagEnd;
  return endAfter(new RegExp(`[\\s\\S]*?(?=</${name}[\\s/>])`, 'iy'), markup, tagEnd, name);
}

/** The index after the `>` of a tag whose name ends at `from`, or the place at the end of the markup. */
function endOfTag(markup: string, from: number): number | Place {
  let at = from;
  while (at < markup.length) {
    at += match(/[\s/]*/y, markup, at).length;
    if (markup[at] === '>') return at + 1;
    at += match(/=?[^\s/>=]*/y, markup, at).length;
    const equals = match(/\s*=\s*/y, markup, at);
    if (equals === '') continue;
    at += equals.length;
    const quote = match(/["']/y, markup, at);
    const value = quote === '' ? /[^\s>]*/y : new RegExp(`${quote}[^${quote}]*${quote}`, 'y');
    const end = at + match(value, markup, at).length;
    if (quote === '' && end === markup.length) return 'bare';
    if (quote !== '' && end === at) return 'quoted';
    at = end;
  }
  return 'tag';
}

function endAfter(pattern: RegExp, markup: string, at: number, inside: Place): number | Place {
  pattern.lastIndex = at;
  return pattern.test(markup) ? pattern.lastIndex : inside;
}

/** What a sticky pattern matches at an index; empty if nothing. */
function match(pattern: RegExp, markup: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(markup)?.[0] ?? '';
}
