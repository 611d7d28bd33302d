/** Colour scales by the names that Vega has for them, at eleven even steps. */
const steps: Readonly<Record<string, string>> = {
  viridis: '440154 482575 414487 35608d 2a788e 21918d 22a884 43bf71 7ad151 bcdf27 fde725',
  cividis: '002051 0a326a 2a446e 4c566d 67686f 7e7b75 928d78 a9a177 c7b76c e6ce59 fce647',
  magma: '000004 150e37 3b0f70 651a80 8c2981 b6377a de4968 f76f5c fe9f6d fece91 fcfdbf',
  inferno: '000004 170c3b 420a68 6b176e 932667 bb3755 dd513a f3771a fca50a f6d645 fcffa4',
  plasma: '0d0887 42039d 6a00a8 900da4 b12a90 cb4779 e16462 f2834c fca636 fcce25 f0f921',
  blues: 'cfe1f2 bed8ec a8cee5 8fc1de 74b2d7 5ba3cf 4592c6 3181bd 206fb2 125ca4 0a4a90',
  greys: 'e2e2e2 d4d4d4 c4c4c4 b1b1b1 9d9d9d 888888 757575 626262 4d4d4d 353535 1e1e1e',
  blueorange: '134b85 2f78b3 5da2cb 9dcae1 d2e5ef f2f0eb fce0ba fbbf74 e8932f c5690d 994a07',
  purpleorange: '411469 664796 8f83b7 b9b4d6 dadbeb f3eeea fce0ba fbbf74 e8932f c5690d 994a07',
  redblue: '8c0d25 bf363a df745e f4ae91 fbdbc9 f2efee d2e5ef 9dcae1 5da2cb 2f78b3 134b85',
};

export const scaleNames: readonly string[] = Object.keys(steps);

/** The colours of a scale, from low to high. */
export function scaleColours(scale: string | readonly string[]): readonly string[] {
  if (typeof scale !== 'string') return scale;
  return (steps[scale] ?? '').split(' ').map((digits) => `#${digits}`);
}
