/** Text on one line: a list, a heading or indented code can then only begin where the text begins. */
export function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ');
}

/** Escape text for Markdown outside code, formulas and tags. */
export function escapeMarkdown(text: string): string {
  return (
    onOneLine(text)
      .replace(/^\s+/, ' ')
      .replace(/[\\`*_[{}(#|~$!]/g, '\\$&')
      .replace(/&/g, '&amp;')
      // With backslashes before both, brackets are the marks of a formula.
      .replace(/\]/g, '&#93;')
      .replace(/\)/g, '&#41;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/^(\s*)([-+=:])/, '$1\\$2')
      .replace(/^(\s*\d+)([.)])/, '$1\\$2')
  );
}

/** Text for a code block whose lines begin with `prefix`. */
export function escapeCode(text: string, prefix: string): string {
  return text.replace(/\r\n?|\n/g, `\n${prefix}`);
}

/** Forms that MathJax and KaTeX both know, and that are no Markdown where a front-end knows no formulas. */
const tex: Record<string, string> = {
  '\\': '\\backslash{}',
  '^': '\\hat{}',
  '~': '\\tilde{}',
  '`': '\\grave{}',
  '<': '\\lt{}',
  '>': '\\gt{}',
  '|': '\\vert{}',
  "'": '\\text{’}',
};
const special = /[\\^~`<>|'{}$&#%_]/g;

/**
 * Escape text for a formula, behind the TeX `before` it. In `\text{…}` the two renderers agree on no escapes:
 * the group is closed around them.
 */
export function escapeTex(text: string, before: string): string {
  const escaped = (character: string): string => tex[character] ?? `\\${character}`;
  const line = onOneLine(text);
  const command = /\\(text[a-z]*|mbox)\{[^{}]*$/.exec(before)?.[1];
  if (command === undefined) return line.replace(special, escaped).replace(/\s/g, '\\ ');
  return line.replace(special, (character) =>
    character === "'" ? character : `}${escaped(character)}\\${command}{`,
  );
}
