import { type OptionsOf, type VisibleTraits, visible, type WidgetOf } from './common.ts';
import { defineWidget, type FirstClass } from './define.ts';
import { bytes, refused, type Trait, text } from './traits.ts';

interface ImageTraits extends VisibleTraits {
  /** The bytes of the picture's file, or its address, which makes the format 'url'. */
  get value(): Uint8Array;
  set value(value: Uint8Array | string);
  /** 'png', 'jpeg', 'gif', 'webp', 'svg+xml' or 'url'; told from the bytes unless given. */
  format: string;
  /** In pixels, or as CSS has it. */
  width: string;
  height: string;
}

type ImageOptions = Omit<OptionsOf<ImageTraits>, 'value' | 'width' | 'height'> & {
  value?: Uint8Array | string;
  width?: string | number;
  height?: string | number;
};

const value: Trait<Uint8Array> = {
  ...bytes(),
  allowed: "a Uint8Array with the bytes of a picture's file, or its address",
  parse: (given) => (typeof given === 'string' ? Buffer.from(given, 'utf8') : bytes().parse(given)),
};
const size: Trait<string> = {
  ...text(),
  allowed: 'a number of pixels or a CSS length',
  parse: (given) =>
    typeof given === 'string' ? given : typeof given === 'number' && given >= 0 ? String(given) : refused,
};

const heads: readonly [string, string][] = [
  ['png', '\x89PNG'],
  ['jpeg', '\xff\xd8'],
  ['gif', 'GIF8'],
  ['webp', 'RIFF'],
  ['svg+xml', '<svg'],
  ['svg+xml', '<?xml'],
];

const longestAddress = 2000;
const latin1 = (file: Uint8Array): string => Buffer.from(file).toString('latin1');

function formatOf(file: Uint8Array): string | undefined {
  const head = latin1(file.subarray(0, 64));
  if (/^(?:https?:|data:)/.test(head)) return 'url';
  const known = heads.find(([, start]) => head.startsWith(start))?.[0];
  // No picture's file is a short line of text: an address from where the page lies.
  return known ?? (file.length <= longestAddress && /^[!-~]+$/.test(latin1(file)) ? 'url' : undefined);
}

export type Image = WidgetOf<ImageTraits>;
/**
 * A picture, given as the bytes of its file.
 *
 * @example new widgets.Image({ value: await readFile('cat.png'), width: 300 })
 */
export const Image: FirstClass<Image, Uint8Array | string, ImageOptions> = defineWidget({
  name: 'Image',
  first: 'value',
  traits: { value, format: text('png'), width: size, height: size, ...visible },
  settle: ({ values, set }) => {
    if (!set.has('value') || set.has('format')) return;
    values.format = formatOf(values.value as Uint8Array) ?? values.format;
  },
});
