/**
 * Plotly's SVG as the renderer reads it: references without quotes, spaces that are kept, no empty characters,
 * for which the font has no glyph, cells of heat maps that are not blurred, and halos as strokes.
 */
export function forRenderer(svg: string): string {
  return svg
    .replace(/url\((?:&quot;|'|")?[^#)]*#([^)'"&]+)(?:&quot;|'|")?\)/g, 'url(#$1)')
    .replace(/<text /g, '<text xml:space="preserve" ')
    .replace(/<image (?=[^>]*xlink:href="data:)/g, '<image image-rendering="optimizeSpeed" ')
    .replace(
      /text-shadow: [^;"]*(rgba?\([^)]*\))[^;"]*/g,
      'stroke: $1; stroke-width: 2px; paint-order: stroke',
    )
    .replaceAll('\u200b', '');
}
