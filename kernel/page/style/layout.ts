/** The page around the text: bar, table of contents, way to the neighbours; wide, narrow and on paper. */
export const LAYOUT_CSS = `
.skip { position: absolute; left: -100vw; top: 0; padding: 0.6em 1em; background: var(--page); font-family: var(--sans); z-index: 3; }
.skip:focus { left: 0; }
.bar {
  display: flex; align-items: center; gap: 0.4rem 1.2rem; padding: 0.55rem 1.25rem; min-height: 3.2rem;
  border-bottom: 1px solid var(--line); font: 1rem/1.3 var(--sans);
}
.bar nav { display: flex; gap: 1.2rem; min-width: 0; flex: 1; }
.bar nav a { color: var(--muted); text-decoration: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar nav a:hover { color: var(--accent); }
.theme {
  flex: none; width: 2.75rem; height: 2.75rem; margin: -0.3rem -0.6rem -0.3rem auto; border: 0; border-radius: 50%;
  background: none; color: var(--muted); cursor: pointer; display: grid; place-items: center;
}
.theme:hover { color: var(--text); background: var(--code); }
.theme svg { width: 1.25rem; height: 1.25rem; }
html:not(.js) .theme { visibility: hidden; }
.frame { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
main { min-width: 0; }
.toc { font: 1rem/1.4 var(--sans); margin: 0 0 2rem; }
.toc details { margin: 0; }
.toc ol { list-style: none; margin: 0; padding: 0; }
.toc li { margin: 0; }
.toc a { display: block; padding: 0.28em 0; color: var(--muted); text-decoration: none; }
.toc a:hover, .toc a[aria-current] { color: var(--accent); }
.toc .level-2 a { padding-left: 1rem; }
.toc .level-3 a { padding-left: 2rem; }
.toc .katex { font-size: 1em; }
.neighbours { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 4rem; font: 1rem/1.4 var(--sans); }
.neighbours a {
  flex: 1 1 14rem; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: 8px; text-decoration: none;
}
.neighbours a:hover { border-color: var(--accent); }
.neighbours small { display: block; color: var(--muted); font-size: 0.875rem; }
.neighbours .next { text-align: right; }
.source { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); font: 1rem/1.4 var(--sans); color: var(--muted); }

@media (min-width: 74rem) {
  .frame.with-toc { display: grid; max-width: 72rem; grid-template-columns: 15rem minmax(0, 46rem); gap: 0 4rem; justify-content: center; }
  .toc { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2rem 0; font-size: 0.9375rem; margin: 0; }
  .toc details { border: 0; padding: 0; }
  .toc summary { pointer-events: none; list-style: none; color: var(--text); font-size: 0.9375rem; }
  .toc summary::-webkit-details-marker { display: none; }
}
@media (min-width: 58rem) {
  .input .label { position: absolute; right: 100%; top: 1.15rem; margin: 0 0.8rem 0 0; white-space: nowrap; }
}
@media (max-width: 30rem) {
  body { font-size: 1.0625rem; }
  .frame { padding: 1rem 1rem 2.5rem; }
  .bar { padding-inline: 1rem; }
  .cell.markdown pre, .cell.raw pre, .input pre { padding-inline: 0.85em; }
}
@media print {
  @page { margin: 18mm 16mm; }
  html { font-size: 10pt; }
  .bar, .toc, .neighbours, .copy, .skip, .anchor { display: none !important; }
  .frame { max-width: none; padding: 0; display: block !important; }
  pre { white-space: pre-wrap !important; overflow-wrap: anywhere; overflow: visible !important; }
  .outputs { display: block; }
  .output { margin-bottom: 0.8em; }
  .output.html table { font-size: 8pt; width: auto !important; }
  .output.html :is(th, td) { white-space: normal; overflow-wrap: normal; padding: 0.25em 0.5em; }
  .tall thead th { position: static; }
  .ansi-inverse { print-color-adjust: exact; }
  .tall { max-height: none !important; overflow: visible !important; }
  .table-box, .output.html, .math-box { overflow: visible !important; }
  .table-box > table { width: auto; }
  .input pre, .cell.markdown pre { border: 1px solid var(--line); }
  h1, h2, h3, h4, .label { break-after: avoid; }
  img, tr, .math-box { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  a { color: inherit; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; overflow-wrap: anywhere; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
