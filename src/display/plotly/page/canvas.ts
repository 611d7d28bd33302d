import { encodePng } from '../../image/png.ts';

/** As much of a canvas as Plotly paints heat maps and pictures on. */
export interface PageCanvas {
  width: number;
  height: number;
}

interface ImageData {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** The pixels of a canvas, and its 2D context. */
export class Painting {
  fillStyle = 'rgb(0, 0, 0)';
  readonly #width: number;
  readonly #height: number;
  readonly #pixels: Uint8ClampedArray;

  constructor({ width, height }: PageCanvas) {
    this.#width = width;
    this.#height = height;
    this.#pixels = new Uint8ClampedArray(4 * width * height);
  }

  createImageData(width: number, height: number): ImageData {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  getImageData(left: number, top: number, width: number, height: number): ImageData {
    const part = this.createImageData(width, height);
    for (let y = 0; y < height; y++) {
      const from = 4 * ((top + y) * this.#width + left);
      part.data.set(this.#pixels.subarray(from, from + 4 * width), 4 * y * width);
    }
    return part;
  }

  putImageData({ width, height, data }: ImageData, left: number, top: number): void {
    const wide = Math.min(width, this.#width - left);
    for (let y = 0; y < Math.min(height, this.#height - top); y++) {
      const row = data.subarray(4 * y * width, 4 * (y * width + wide));
      this.#pixels.set(row, 4 * ((top + y) * this.#width + left));
    }
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const colour = parse(this.fillStyle);
    const [left, right] = [Math.min(x, x + width), Math.max(x, x + width)];
    const [top, bottom] = [Math.min(y, y + height), Math.max(y, y + height)];
    for (let row = Math.max(0, Math.round(top)); row < Math.min(this.#height, Math.round(bottom)); row++) {
      for (let at = Math.max(0, Math.round(left)); at < Math.min(this.#width, Math.round(right)); at++)
        this.#pixels.set(colour, 4 * (row * this.#width + at));
    }
  }

  /** Pictures from elsewhere are not loaded. */
  drawImage(): void {}

  /** The pixels as a PNG in a data URL. */
  toDataUrl(): string {
    const data = new Uint8Array(this.#pixels.buffer);
    const bytes = encodePng({ width: this.#width, height: this.#height, channels: 4, data });
    return `data:image/png;base64,${bytes.toString('base64')}`;
  }
}

/** Plotly fills with `rgba(…)`, and with `hsl(…)` where pictures are given so. */
function parse(text: string): Colour {
  const numbers = (text.match(/[\d.]+(?:e-\d+)?/g) ?? []).map(Number);
  const [a = 0, b = 0, c = 0, alpha = 1] = numbers;
  if (!text.startsWith('hsl')) return [a, b, c, 255 * alpha];
  const chroma = (1 - Math.abs((2 * c) / 100 - 1)) * (b / 100);
  const channel = (shift: number): number => {
    const k = (shift + a / 30) % 12;
    return 255 * (c / 100 - (chroma / 2) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4), 255 * alpha];
}
