import { isPlain, type Plain } from '../plain.ts';

/** Members that hold the user's own data, in which a `title` is none of Plotly's. */
const foreign = ['customdata', 'meta', 'ids', 'hovertemplate', 'template'];
const moved: Readonly<Record<string, string>> = {
  titlefont: 'font',
  titleposition: 'position',
  titleside: 'side',
  titleoffset: 'offset',
};

/**
 * Titles as Plotly 3 and later want them, and Plotly 2 knows them: a text becomes `{ text }`, and `titlefont`
 * and its like go into it. Works in layouts and traces, at any depth.
 */
export function withTitles(holder: Plain): Plain {
  const result: Plain = {};
  for (const [key, value] of Object.entries(holder)) {
    if (foreign.includes(key)) result[key] = value;
    else if (key === 'title' && (typeof value === 'string' || typeof value === 'number'))
      result.title = { text: String(value) };
    else if (!Object.hasOwn(moved, key)) result[key] = nested(value);
  }
  for (const [old, name] of Object.entries(moved)) {
    if (!Object.hasOwn(holder, old)) continue;
    const title = isPlain(result.title) ? result.title : {};
    result.title = { [name]: holder[old], ...title };
  }
  return result;
}

function nested(value: unknown): unknown {
  if (isHolder(value)) return withTitles(value);
  if (Array.isArray(value) && value.some(isHolder)) {
    return value.map((item: unknown) => (isHolder(item) ? withTitles(item) : item));
  }
  return value;
}

/** The rows of a grid may be typed arrays, which have no titles. */
function isHolder(value: unknown): value is Plain {
  return isPlain(value) && !ArrayBuffer.isView(value);
}
