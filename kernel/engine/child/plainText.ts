import { inspect } from 'node:util';
import { withFewerProperties, withNotes } from './largeObjects.ts';
import { parametersOf } from './parameters.ts';
import { safeString } from './trace.ts';

/**
 * Node's own colours are made for a dark terminal: its yellow and cyan are faint on a white page, its grey is
 * no more than a shadow on a dark one. These read on both.
 */
Object.assign(inspect.styles, {
  ...{ number: 'blue', bigint: 'blue', boolean: 'blue', undefined: 'magenta', special: 'magenta' },
});

/** How much of a value is shown: levels, items of each array, Map or Set, characters of each string. */
interface Extent {
  depth: number;
  items: number;
  characters: number;
}

/** Tried in turn until the text has a readable size: first fewer items, so that the shape still shows. */
const EXTENTS: readonly Extent[] = [
  { depth: 12, items: 100, characters: 2000 },
  { depth: 8, items: 50, characters: 300 },
  { depth: 6, items: 20, characters: 150 },
  { depth: 6, items: 10, characters: 80 },
  { depth: 6, items: 3, characters: 80 },
  { depth: 4, items: 6, characters: 80 },
  { depth: 3, items: 6, characters: 80 },
  { depth: 2, items: 6, characters: 80 },
  { depth: 1, items: 20, characters: 80 },
];
const READABLE_CHARACTERS = 10_000;
const READABLE_LINES = 120;

/** A string alone is shown to this length; longer text of anything is cut, with a note of how much there is. */
const MAX_STRING = 20_000;
const MAX_TEXT = 40_000;

/** text/plain of any value. Throws nothing: a getter, Proxy or inspector that throws is named instead. */
export function plainText(value: unknown): string {
  if (typeof value === 'string' && value.length > MAX_STRING) {
    const rest = value.length - MAX_STRING;
    return `${inspect(value.slice(0, MAX_STRING))}… ${rest} more characters (of ${value.length})`;
  }
  try {
    return cut(inspectReadably(value));
  } catch (error) {
    try {
      const text = inspect(value, { customInspect: false, getters: false, depth: 2 });
      return cut(`${text}\n(its own inspection failed: ${safeString(error)})`);
    } catch {
      return `[a value that cannot be shown: ${safeString(error)}]`;
    }
  }
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const end = Math.max(text.lastIndexOf('\n', MAX_TEXT), MAX_TEXT / 2);
  return `${text.slice(0, end)}\u001b[0m\n… ${text.length - end} more characters (of ${text.length})`;
}

function inspectReadably(value: unknown): string {
  // Plain text without colour for what needs none: other programs compare it to the letter.
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const colors = isObject && !process.env.NO_COLOR;
  const shown = withFewerProperties(value);
  let text = '';
  for (const { depth, items, characters } of isObject ? EXTENTS : EXTENTS.slice(0, 1)) {
    text = inspect(shown, {
      depth,
      colors,
      maxArrayLength: items,
      maxStringLength: isObject ? characters : MAX_STRING,
      breakLength: 100,
      compact: 3,
    });
    if (text.length <= READABLE_CHARACTERS && text.split('\n', READABLE_LINES + 1).length <= READABLE_LINES)
      break;
  }
  if (typeof value === 'function') text = withSignature(text, value);
  return shown === value ? text : withNotes(text);
}

/** `[Function: add]` → `[Function: add(a, b = 2)]` */
function withSignature(text: string, value: object): string {
  const parameters = parametersOf(Function.prototype.toString.call(value));
  if (parameters === undefined) return text;
  const start = text.indexOf('Function');
  let end = text.indexOf(']', start);
  if (start < 0 || end < 0) return text;
  if (text[end + 1] === ']') end += 1;
  const head = text.slice(0, end).replace(' (anonymous)', ': ');
  return `${head}${parameters}${text.slice(end)}`;
}
