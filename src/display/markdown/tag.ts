import { placeAtEnd } from '../markup/place.ts';
import { markupAt } from '../markup/template.ts';

/**
 * Escape text for HTML inside Markdown, behind the markup `before` it; throws a TypeError where no text may
 * stand. Marks of formulas become references too: front-ends look for them everywhere.
 */
export function escapeTagValue(text: string, before: string): string {
  const { place } = placeAtEnd(before, 0);
  const markup = markupAt(
    place,
    text.replace(/\s*[\r\n]\s*/g, ' '),
    `md: the value after ${JSON.stringify(before.slice(-30))}`,
  );
  return markup.replace(/[\\$]/g, (character) => `&#${character.charCodeAt(0)};`);
}
