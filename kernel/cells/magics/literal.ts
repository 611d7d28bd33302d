/** Signs and words that mean something to what looks at the source of a cell before it is parsed. */
const TELLING = /[^\w ,./=-]|\b(?:using|accessor|import|export|enum|namespace|module|eval|Function)\b/g;

/** A string literal that holds nothing which could be taken for code. */
export const literal = (text: string): string => `"${text.replace(TELLING, escaped)}"`;

const escaped = (found: string): string => {
  const first = `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return first + found.slice(1);
};
