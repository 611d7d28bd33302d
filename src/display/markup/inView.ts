/**
 * The attribute that runs a script in the page when its element comes into view. The element needs the style
 * `content-visibility: auto`, which clips what stands out of it.
 *
 * @param script without double quotes, `<` and `&`; `this` is the element
 */
export function inView(script: string): string {
  return `oncontentvisibilityautostatechange="${script}"`;
}
