/** What a monospaced front-end gives a text: wide characters and emoji take two columns, combined ones none. */

const plain = /^[\x20-\x7e\u00a0-\u02ff]*$/;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const doubleWidth =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f|^\p{Regional_Indicator}{2}/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The number of columns that a text takes. */
export function terminalWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += segmentWidth(segment);
  return width;
}

function segmentWidth(segment: string): number {
  if (invisible.test(segment)) return 0;
  return doubleWidth.test(segment) ? 2 : 1;
}

/** A text cut to so many columns, the last of which is then an ellipsis. */
export function cutToWidth(text: string, columns: number): string {
  if (terminalWidth(text) <= columns) return text;
  let width = 0;
  let kept = '';
  for (const { segment } of segmenter.segment(text.slice(0, 20 * columns))) {
    width += segmentWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
