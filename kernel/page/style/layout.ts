/** The page around the text: bar, table of contents, way to the neighbours; wide and narrow. */
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
/* A container counts for itself: KaTeX's numbers of equations start over inside it. */
main { min-width: 0; counter-reset: katexEqnNo mmlEqnNo; }
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

@media screen and (min-width: 58rem) {
  /* --room: how far an output may reach over the right edge of the text. */
  .frame { max-width: none; container-type: inline-size; --room: min(14rem, (100cqw - 46rem) / 2); }
  .frame > * { max-width: 46rem; margin-inline: auto; }
}
@media screen and (min-width: 74rem) {
  .frame.with-toc {
    display: grid; grid-template-columns: 17rem 46rem minmax(0, 14rem); justify-content: center;
    --room: min(14rem, 100cqw - 63rem);
  }
  .frame.with-toc > main { width: 100%; margin: 0; }
  .frame.with-toc > .toc { margin: 0 4rem 0 0; }
  .toc { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2rem 0; font-size: 0.9375rem; }
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
  .output.html :is(th, td) { padding-inline: 0.55em; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
