import { parentPort } from 'node:worker_threads';
import type { LibraryName } from '../../offline/libraries.ts';
import { type Picture, rasterizeCompact } from '../../raster.ts';
import { openPage, type PagePlotly } from './page.ts';
import { forRenderer } from './svg.ts';

/** A figure to draw, as JSON. */
export interface DrawRequest {
  readonly id: number;
  readonly library: LibraryName;
  readonly figure: string;
  readonly width: number;
  readonly height: number;
}

export type DrawReply = { readonly id: number } & (
  | { readonly picture: Picture }
  | { readonly error: string }
);

const pages = new Map<LibraryName, PagePlotly>();

function page(library: LibraryName): PagePlotly {
  // A larger library draws all that a smaller one does.
  const open = pages.get('plotly') ?? pages.get(library) ?? openPage(library);
  pages.set(library, open);
  return open;
}

async function draw({ library, figure, width, height }: DrawRequest): Promise<Picture> {
  const { data, layout, config } = JSON.parse(figure) as Record<string, object>;
  const options = { format: 'svg', width, height, imageDataOnly: true };
  const svg = await page(library).toImage({ data, layout, config: { ...config, staticPlot: true } }, options);
  return rasterizeCompact(forRenderer(svg), { scale: 2, name: 'plotly' });
}

let last: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (request: DrawRequest) => {
  const { id } = request;
  const reply = (message: DrawReply): void => parentPort?.postMessage(message);
  last = last.then(() =>
    draw(request).then(
      (picture) => reply({ id, picture }),
      (error: unknown) => reply({ id, error: error instanceof Error ? error.message : String(error) }),
    ),
  );
});
