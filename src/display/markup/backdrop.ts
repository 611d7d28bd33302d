import { inView } from './inView.ts';
import { escapeHtml } from './values.ts';

/** A PNG, and the size at which it is shown. */
interface Still {
  readonly png: string;
  readonly width: number;
  readonly height: number;
}

/** A picture of the page's own. */
export interface Backdrop {
  readonly mime: string;
  readonly base64: string;
  readonly width: number;
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly text: string;
}

/**
 * A picture as the background of its own description. nbconvert's sanitised pages write an `<img>` out as text,
 * with all of its data; of this they keep the description alone, which is not seen elsewhere.
 */
export function backdropMarkup({ mime, base64, width, height, text }: Backdrop): string {
  // A height, since JupyterLab takes the ratio of the sides out of notebooks that it does not trust.
  const size = `width:${width}px;max-width:100%;height:${height}px`;
  const image = `background-image:url(data:${mime};base64,${base64});background-size:contain;background-repeat:no-repeat`;
  const hidden = 'font-size:0;color:transparent;print-color-adjust:exact';
  const label = escapeHtml(text);
  return `<div role="img" aria-label="${label}" title="${label}" style="${size};${image};${hidden}">${label}</div>`;
}

/** The picture of a chart as a backdrop. */
export function stillMarkup(still: Still, text: string): string {
  const { png, width, height } = still;
  return backdropMarkup({ mime: 'image/png', base64: png, width, height, text });
}

/**
 * Markup in the place of its own picture as soon as that is in view, as SVG drawings are shown: what cleans HTML
 * leaves the picture or its description, where it would write out every path.
 */
export function markupOrStill(markup: string, still: Still, text: string): string {
  const attribute = markup.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const show = "this.style.contentVisibility='';this.innerHTML=this.dataset.descentMarkup;";
  const run = inView(`${show}this.oncontentvisibilityautostatechange=null`);
  const picture = stillMarkup(still, text);
  return `<div data-descent-markup="${attribute}" ${run} style="content-visibility:auto">${picture}</div>`;
}
