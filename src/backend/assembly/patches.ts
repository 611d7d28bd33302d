// The patches of images that a convolution multiplies with its filter: one a row of a matrix, of which only as many
// rows are made at a time as fit the cache.
import { FLOAT } from './blocks';

/** Where patches lie: on a grid over images, each of tapsY × tapsX pixels that are apart by tapStepY and tapStepX. */
let height: i32 = 0;
let width: i32 = 0;
let channels: i32 = 0;
let gridHeight: i32 = 0;
let gridWidth: i32 = 0;
let stepY: i32 = 0;
let stepX: i32 = 0;
let originY: i32 = 0;
let originX: i32 = 0;
let tapsY: i32 = 0;
let tapsX: i32 = 0;
let tapStepY: i32 = 0;
let tapStepX: i32 = 0;

export function setImages(imageHeight: i32, imageWidth: i32, imageChannels: i32): void {
  height = imageHeight;
  width = imageWidth;
  channels = imageChannels;
}

/** Along the height: the number of patches, the distance of one to the next, the first row, and the taps. */
export function setRows(count: i32, step: i32, origin: i32, taps: i32, tapStep: i32): void {
  gridHeight = count;
  stepY = step;
  originY = origin;
  tapsY = taps;
  tapStepY = tapStep;
}

/** The same along the width. */
export function setColumns(count: i32, step: i32, origin: i32, taps: i32, tapStep: i32): void {
  gridWidth = count;
  stepX = step;
  originX = origin;
  tapsX = taps;
  tapStepX = tapStep;
}

/** Numbers in a patch. */
export function patchLength(): i32 {
  return tapsY * tapsX * channels;
}

/** Patches on the grid of one image. */
export function patchesPerImage(): i32 {
  return gridHeight * gridWidth;
}

/** Whether the patches are the pixels themselves, in order. */
export function arePixels(): bool {
  const isDense = stepY === 1 && stepX === 1 && originY === 0 && originX === 0;
  return isDense && tapsY === 1 && tapsX === 1 && gridHeight === height && gridWidth === width;
}

export function copyRun(from: usize, to: usize, count: i32): usize {
  const end = to + <usize>count * FLOAT;
  while (to + 16 <= end) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  while (to < end) {
    store<f32>(to, load<f32>(from));
    from += FLOAT;
    to += FLOAT;
  }
  return to;
}

function zeroRun(to: usize, count: i32): usize {
  const end = to + <usize>count * FLOAT;
  while (to + 16 <= end) {
    v128.store(to, f32x4.splat(0));
    to += 16;
  }
  while (to < end) {
    store<f32>(to, 0);
    to += FLOAT;
  }
  return to;
}

/** The taps of one row of a patch, of an image row at `row`, from column x on. */
function copyTaps(row: usize, x: i32, to: usize): usize {
  if (tapStepX === 1 && x >= 0 && x + tapsX <= width) {
    return copyRun(row + <usize>(x * channels) * FLOAT, to, tapsX * channels);
  }
  for (let tap = 0; tap < tapsX; tap++) {
    if (<u32>x < <u32>width) to = copyRun(row + <usize>(x * channels) * FLOAT, to, channels);
    else to = zeroRun(to, channels);
    x += tapStepX;
  }
  return to;
}

/** Writes the patches `first` … `first + count − 1` of all images, `rowBytes` apart; zeros stand for what is outside. */
export function copyPatches(images: usize, first: i32, count: i32, to: usize, rowBytes: usize): void {
  const perImage = gridHeight * gridWidth;
  const imageBytes = <usize>(height * width * channels) * FLOAT;
  const lineBytes = <usize>(width * channels) * FLOAT;
  let image = images + <usize>(first / perImage) * imageBytes;
  let gridY = (first % perImage) / gridWidth;
  let gridX = first % gridWidth;
  for (let i = 0; i < count; i++) {
    let at = to;
    let y = gridY * stepY + originY;
    const x = gridX * stepX + originX;
    for (let tap = 0; tap < tapsY; tap++) {
      if (<u32>y < <u32>height) at = copyTaps(image + <usize>y * lineBytes, x, at);
      else at = zeroRun(at, tapsX * channels);
      y += tapStepY;
    }
    to += rowBytes;
    if (++gridX < gridWidth) continue;
    gridX = 0;
    if (++gridY < gridHeight) continue;
    gridY = 0;
    image += imageBytes;
  }
}
