type Rgb = readonly [red: number, green: number, blue: number];

/** The grounds that output stands on, in the page's light and dark theme. */
const GROUND: Readonly<Record<'light' | 'dark', Rgb>> = { light: [246, 246, 243], dark: [30, 33, 38] };
/** WCAG 2.2, success criterion 1.4.3. */
const MINIMUM = 4.5;

/** The colour, or the nearest mixture of it with black or white that is legible in the theme. */
export function readable(colour: Rgb, theme: 'light' | 'dark'): Rgb {
  const ground = GROUND[theme];
  const towards = theme === 'light' ? 0 : 255;
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = mix(colour, towards, part);
    if (contrast(mixed, ground) >= MINIMUM) return mixed;
  }
  return [towards, towards, towards];
}

function mix(colour: Rgb, towards: number, part: number): Rgb {
  const channel = (value: number): number => Math.round(value + (towards - value) * part);
  return [channel(colour[0]), channel(colour[1]), channel(colour[2])];
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG's relative luminance of an sRGB colour. */
function luminance(colour: Rgb): number {
  const linear = (value: number): number => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}
