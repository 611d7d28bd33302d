const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** What a reader of the markup sees, roughly: for front-ends without HTML. */
export function markupText(markup: string): string {
  return markup
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<br\b[^>]*>|<\/(p|div|li|tr|h[1-6]|ul|ol|table|pre|section)\s*>/gi, '\n')
    .replace(/<\/(td|th)\s*>/gi, '  ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (entities[name ?? ''] ?? whole),
    )
    .replace(/[^\S\n]*\n\s*/g, '\n')
    .trim();
}
