// The cells that display.mjs times.

export const IDLE = {
  data: `const n = 1000;
const x = Float64Array.from({ length: n }, (_, i) => i / n);
const y = x.map((value) => Math.sin(9 * value) + 0.2 * Math.cos(77 * value));
const digits = tf.tensor4d(Float32Array.from({ length: 64 * 784 }, (_, i) => (i % 97) / 96), [64, 28, 28, 1]);
const rows = Array.from({ length: 10_000 }, (_, id) => ({ id, name: \`run \${id}\`, loss: Math.sqrt(id), ok: id % 2 === 0 }));
0;`,
};

const xy = "x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' }";

export const WARM = {
  vega: `vegaLite({ title: 'A thousand points', data: { values: { x, y } }, mark: 'point', encoding: { ${xy} } })`,
  plotly: "plotly([{ x, y, mode: 'markers' }], { title: 'A thousand points' })",
  image: 'image(digits)',
  table: 'table(rows)',
};

export const HTML = 'display(html`<b>done</b>`); 0;';

export const SIZES = {
  plotlySize: "plotly([{ x: x.slice(0, 100), y: y.slice(0, 100) }], { title: 'A hundred points' })",
  vegaSize: `vegaLite({ title: 'A hundred points', data: { values: { x: x.slice(0, 100), y: y.slice(0, 100) } }, mark: 'line', encoding: { ${xy} } })`,
};

/** How many libraries of charts the runtime has read. */
export const LOADED = `JSON.stringify(Object.keys(require.cache).filter((path) =>
  /node_modules.(vega|vega-lite|vega-embed|plotly|jsdom|@resvg)/.test(path)).length)`;

export const loops = {
  /** Ratios of a loop with a bar to the same loop without, in turns; its body costs about a microsecond. */
  progress: (rounds) => `{
  const list = Array.from({ length: 1e6 }, (_, i) => i);
  const data = Float64Array.from({ length: 1024 }, (_, i) => Math.sin(i));
  // Its sum is no variable of the loop, which V8 keeps in a register in one loop and in memory in the next.
  const body = (i) => {
    let sum = data[i & 1023];
    for (let k = 0; k < 800; k++) sum = 0.5 * sum + data[(i + k) & 1023];
    data[i & 1023] = sum;
  };
  const bare = () => { for (const i of list) body(i); };
  const shown = () => { for (const i of progress(list)) body(i); };
  const spent = () => process.cpuUsage().user;
  const timed = (work) => { const began = spent(); work(); return spent() - began; };
  for (let i = 0; i < 1e5; i++) body(i);
  for (let warm = 0; warm < 2; warm++) { timed(bare); timed(shown); }
  globalThis.ratios = Array.from({ length: ${rounds} }, (_, round) => {
    if (round % 2 === 0) { const base = timed(bare); return timed(shown) / base; }
    const first = timed(shown); return first / timed(bare);
  });
}
JSON.stringify(ratios)`,
  /** The share of a step of 2 ms that a push takes, in percent, and how long the loop took. */
  live: (pushes) => `{
  const chart = liveChart({ metrics: ['loss', 'valLoss'] });
  let spent = 0;
  const began = performance.now();
  for (let step = 0; step < ${pushes}; step++) {
    const end = performance.now() + 0.2;
    while (performance.now() < end);
    const before = performance.now();
    chart.push({ step, loss: 1 / (1 + step / 50), valLoss: 1.1 / (1 + step / 60) });
    spent += performance.now() - before;
  }
  globalThis.share = (100 * spent) / (${pushes} * 2);
  globalThis.seconds = (performance.now() - began) / 1000;
  chart.done();
}
JSON.stringify({ share, seconds })`,
};
