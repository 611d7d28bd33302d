/** Running text: what Markdown becomes. */
export const PROSE_CSS: string = `
:root {
  --serif: Charter, "Bitstream Charter", "Sitka Text", "Iowan Old Style", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace;
}
*, ::before, ::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 1.125rem/1.65 var(--serif); overflow-wrap: break-word;
  text-rendering: optimizeLegibility; font-kerning: normal;
}
a { color: var(--accent); text-decoration-thickness: 0.06em; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4, h5, h6 {
  font-family: var(--sans); line-height: 1.25; font-weight: 650; letter-spacing: -0.012em;
  margin: 2em 0 0.6em; text-wrap: balance;
}
h1 { font-size: clamp(1.9rem, 1.5rem + 2vw, 2.6rem); margin-top: 0.4em; letter-spacing: -0.022em; }
h2 { font-size: 1.55rem; margin-top: 2.2em; }
h3 { font-size: 1.25rem; }
h4, h5, h6 { font-size: 1.0625rem; }
.anchor { margin-left: 0.35em; color: var(--muted); text-decoration: none; font-weight: 400; opacity: 0; }
.anchor::before { content: "#"; }
:is(h1, h2, h3, h4, h5, h6):hover .anchor { opacity: 1; }
p, ul, ol, dl, blockquote, figure { margin: 0 0 1.1em; }
ul, ol { padding-left: 1.5em; }
li { margin: 0.25em 0; }
li > p { margin-bottom: 0.5em; }
li::marker { color: var(--muted); }
li.task { list-style: none; }
/* Browsers draw a box that cannot be ticked too faint to be read. */
li.task input {
  appearance: none; position: relative; width: 1em; height: 1em; margin: 0 0.5em 0 -1.5em;
  border: 1.5px solid var(--muted); border-radius: 3px; font: inherit; vertical-align: -0.1em;
}
li.task input:checked::before { content: "✓"; position: absolute; inset: 0; text-align: center; color: var(--accent); font: 700 0.85em/1 var(--sans); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
blockquote { margin-inline: 0; padding: 0.1em 0 0.1em 1.1em; border-left: 3px solid var(--line); color: var(--muted); }
blockquote > :last-child { margin-bottom: 0; }
img, svg, video, canvas { max-width: 100%; }
img { height: auto; vertical-align: middle; }
img.paper { background: var(--paper); border-radius: 8px; }
.missing-image {
  display: inline-block; padding: 0.6em 0.9em; border: 1px dashed var(--muted); border-radius: 8px;
  color: var(--muted); font: 1rem/1.4 var(--sans); max-width: 100%;
}
.missing-image small { display: block; }
code, kbd, samp { font-family: var(--mono); font-size: 0.86em; }
:not(pre) > code { background: var(--code); padding: 0.12em 0.2em; margin-inline: -0.1em; border-radius: 4px; overflow-wrap: anywhere; }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0.05em 0.4em; }
details { margin: 0 0 1.1em; padding: 0.5em 1em; border: 1px solid var(--line); border-radius: 8px; }
details > summary { cursor: pointer; font-family: var(--sans); font-weight: 600; font-size: 1rem; }
details[open] > summary { margin-bottom: 0.7em; }
details > :last-child { margin-bottom: 0.4em; }
mark { background: color-mix(in srgb, var(--warning) 30%, var(--page)); color: inherit; border-radius: 2px; }
.table-box { margin: 0 0 1.3em; }
.output.html { overflow-x: auto; }
.table-box, .math-box, pre { overflow-x: auto; --ground: var(--page); background: ${scrollShadows('var(--ground)')}; }
table { border-collapse: collapse; font: 1rem/1.45 var(--sans); font-variant-numeric: tabular-nums; }
.table-box > table { width: auto; max-width: none; min-width: min(100%, 24rem); }
.table-box :is(th, td) { max-width: 32rem; }
th, td { padding: 0.42em 0.9em; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--muted); font-weight: 650; vertical-align: bottom; }
.math-box { display: block; overflow-x: auto; overflow-y: hidden; padding: 0.2em 0; text-align: center; }
.math-box .katex-display { margin: 0.25em 0; }
.math-box .katex-html:has(> .katex-tag) { min-width: max-content; padding-inline: 2.6em; }
.katex { font-size: 1.08em; }
.math-error {
  color: var(--error); background: none; border-bottom: 1px dashed var(--error); white-space: pre-wrap;
}
`;

/** A shade at the side where more is to be seen: the covers scroll with the content, the shades do not. */
function scrollShadows(ground: string): string {
  const shade = 'color-mix(in srgb, var(--text) 16%, transparent)';
  return [
    `linear-gradient(90deg, ${ground} 35%, transparent) 0 0 / 3rem 100% no-repeat local`,
    `linear-gradient(270deg, ${ground} 35%, transparent) 100% 0 / 3rem 100% no-repeat local`,
    `linear-gradient(90deg, ${shade}, transparent) 0 0 / 0.7rem 100% no-repeat scroll`,
    `linear-gradient(270deg, ${shade}, transparent) 100% 0 / 0.7rem 100% no-repeat scroll`,
    ground,
  ].join(', ');
}
