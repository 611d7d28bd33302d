/**
 * What runs in the page once a library is loaded: parts of the function body that a loader carries. A chart is
 * drawn when it comes into view, beside its still picture, which goes when that has worked.
 */
const shared = `
const seen = (host) => new Promise((resolve) => {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    resolve();
  }, { rootMargin: '400px' });
  observer.observe(host);
});
const replaceStill = async (host, paint) => {
  await seen(host);
  const box = document.createElement('div');
  box.style.cssText = 'width:100%;height:0;overflow:hidden';
  host.append(box);
  try {
    await paint(box);
  } catch (error) {
    box.remove();
    throw error;
  }
  for (const still of host.querySelectorAll('[data-descent-still]')) still.remove();
  box.style.cssText = 'width:100%';
  return box;
};
`;

/** A spec is a figure: `{ data, layout, config, frames }`. Without a width it fills its place. */
export const plotlyScript: string = `${shared}
return {
  async draw(host, { data, layout = {}, config, frames }) {
    const { newPlot, Plots } = modules.plotly;
    const isWide = layout.width === undefined;
    // Plotly's own way to follow the width of its place never lets go of a chart that is gone.
    const own = { ...config, responsive: false };
    const figure = { data, layout: isWide ? { ...layout, autosize: true } : layout, config: own, frames };
    const box = await replaceStill(host, (box) => newPlot(box, figure));
    // A resize forgets the height of the layout and takes that of its place: all of the window in quirks mode.
    box.style.height = box._fullLayout.height + 'px';
    let width = host.clientWidth;
    if (isWide) new ResizeObserver(() => {
      if (!host.clientWidth || host.clientWidth === width) return;
      width = host.clientWidth;
      Plots.resize(box);
    }).observe(host);
  },
};`;

/** A spec is what vega-embed takes: `{ spec, options }`. */
export const vegaScript: string = `${shared}
return {
  async draw(host, { spec, options }) {
    const embed = modules['vega-embed'];
    await replaceStill(host, (box) => embed(box, spec, { actions: false, ...options }));
  },
};`;
