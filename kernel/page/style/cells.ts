/** Code, its colours and its outputs. */
export const CELLS_CSS: string = `
.cell { margin: 0 0 1.1em; }
.cell.code { margin: 1.5em 0; }
pre {
  margin: 0; font: 0.9375rem/1.55 var(--mono); tab-size: 4; white-space: pre;
}
pre code { font-size: inherit; }
.cell.markdown pre, .cell.raw pre, .input pre, .output.markdown pre {
  --ground: var(--code); border-radius: 8px; padding: 0.85em 1.1em;
}
.cell.markdown pre { margin: 0 0 1.1em; }
.input { position: relative; }
.input .label {
  display: block; font: 0.8125rem/1 var(--sans); color: var(--muted); margin: 0 0 0.4em;
  font-variant-numeric: tabular-nums; user-select: none;
}
.copy {
  position: absolute; top: 0.45rem; right: 0.45rem; padding: 0.3em 0.7em; border: 1px solid var(--line);
  border-radius: 6px; background: var(--page); color: var(--muted); font: 0.8125rem/1.3 var(--sans);
  cursor: pointer; opacity: 0; transition: opacity 0.12s;
}
.copy-box { position: relative; }
.copy-box:hover .copy, .copy:focus-visible { opacity: 1; }
.copy:hover { color: var(--text); }
@media (hover: none) { .copy { display: none; } }
.outputs {
  margin: 0.8em calc(-1 * var(--room, 0px)) 0 0; display: grid; gap: 0.8em; grid-template-columns: minmax(0, 1fr);
  --column: calc(100% - var(--room, 0px));
}
.output { min-width: 0; max-width: var(--column); }
/* As wide as the text, or as wide as they need and the page has room for. */
:is(pre, .html, .image).output { justify-self: start; min-width: var(--column); max-width: 100%; }
pre.output { white-space: pre-wrap; overflow-wrap: anywhere; }
pre.output { padding: 0.1em 0 0.1em 1.1em; border-left: 2px solid var(--line); }
pre.stderr { border-left-color: var(--warning); }
pre.traceback { border-left-color: var(--error); --ground: var(--code); padding-block: 0.7em; border-radius: 0 8px 8px 0; }
.tall { max-height: 34rem; overflow: auto; }
.output.tall { border: 1px solid var(--line); border-radius: 8px; }
.output.html.tall { min-width: 0; }
.output.html.tall > .descent-table { overflow: visible !important; }
pre.tall { padding: 0.7em 1.1em; }
.tall thead th { position: sticky; top: 0; background: var(--page); }
.output.html { font: 1rem/1.5 var(--sans); }
.output.html table { margin: 0; }
.output.html :is(th, td) { padding: 0.3em 0.8em; white-space: nowrap; }
.output.html thead th { white-space: normal; text-wrap: balance; }
.output.html :is(thead th, td) { text-align: right; }
.output.html :is(p, ul, ol) { max-width: 46rem; }
.output.html tbody tr:hover { background: var(--code); }
.output.image { overflow-x: auto; }
/* Below four fifths of its size the writing in a chart is too small: it scrolls instead. */
.output.image img { display: block; margin-inline: auto; min-width: min(0.8 * var(--natural, 0px), 42rem); }
.output.image img.paper { padding: 0.4rem; box-sizing: content-box; max-width: calc(100% - 0.8rem);
  min-width: min(0.8 * var(--natural, 0px), 41.2rem); }
.output.note { font: 1rem/1.5 var(--sans); color: var(--muted); margin: 0; }
.output.markdown > :last-child { margin-bottom: 0; }
.scroller {
  mask-image: linear-gradient(90deg, transparent, #000 var(--fade-left, 0px), #000 calc(100% - var(--fade-right, 0px)), transparent);
}
.scroller.more-left { --fade-left: 2.5rem; }
.scroller.more-right { --fade-right: 2.5rem; }
/* The mask would cut off an outline around the box. */
.scroller:focus-visible { outline-offset: -2px; }
progress { accent-color: var(--accent); vertical-align: middle; }
.folded { border: 0; padding: 0; margin: 0.8em 0; }
.folded > summary { color: var(--muted); font-weight: 500; font-size: 1rem; }

.hljs-keyword, .hljs-literal, .hljs-selector-tag, .hljs-name, .hljs-tag .hljs-name { color: var(--hl-keyword); }
.hljs-string, .hljs-regexp, .hljs-addition, .hljs-template-tag { color: var(--hl-string); }
.hljs-number, .hljs-symbol, .hljs-bullet { color: var(--hl-number); }
.hljs-comment, .hljs-quote { color: var(--hl-comment); font-style: italic; }
.hljs-title, .hljs-section, .hljs-selector-id, .hljs-selector-class { color: var(--hl-title); }
.hljs-type, .hljs-built_in, .hljs-class .hljs-title, .hljs-title.class_ { color: var(--hl-type); }
.hljs-attr, .hljs-attribute, .hljs-property, .hljs-variable.constant_ { color: var(--hl-number); }
.hljs-meta, .hljs-doctag, .hljs-deletion { color: var(--hl-meta); }
.hljs-subst, .hljs-params, .hljs-punctuation, .hljs-operator { color: inherit; }
.hljs-emphasis { font-style: italic; }
.hljs-strong { font-weight: 700; }

.ansi-bold { font-weight: 700; }
.ansi-dim { color: var(--muted); }
.ansi-italic { font-style: italic; }
.ansi-underline { text-decoration: underline; }
.ansi-strike { text-decoration: line-through; }
.ansi-underline.ansi-strike { text-decoration: underline line-through; }
.ansi-rgb { --fg: var(--on-light); color: var(--fg); }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) .ansi-rgb { --fg: var(--on-dark); } }
@media screen { :root[data-theme="dark"] .ansi-rgb { --fg: var(--on-dark); } }
${Array.from({ length: 16 }, (_, i) => ansiColour(i)).join('\n')}
.ansi-inverse { background-color: var(--fg, var(--text)); color: var(--bg, var(--page)); }
`;

function ansiColour(index: number): string {
  const colour = `var(--ansi-${index})`;
  return (
    `.ansi-fg-${index} { --fg: ${colour}; color: ${colour}; } ` +
    `.ansi-bg-${index} { --bg: color-mix(in srgb, ${colour} 16%, var(--page)); background-color: var(--bg); }`
  );
}
