/** The page on paper: nothing scrolls, and what belongs together is not parted. */
export const PRINT_CSS = `
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
  /* A bracket that rises over its line would be printed on the page before. */
  .input .label { line-height: 1.5; }
  .tall thead th { position: static; }
  .ansi-inverse { print-color-adjust: exact; }
  .tall { max-height: none !important; overflow: visible !important; }
  .table-box, .output.html, .output.image, .math-box, .scroller { overflow: visible !important; }
  .scroller { mask-image: none !important; }
  .output.image img { min-width: 0; }
  .table-box > table { width: auto; }
  .input pre, .cell.markdown pre { border: 1px solid var(--line); }
  h1, h2, h3, h4, h5, h6, .label, summary { break-after: avoid; }
  img, table, tr, .output.image, .math-box, .neighbours { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  /* A box of code has at least so many lines on either side of a break, and its border is whole. */
  pre { orphans: 6; widows: 6; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
  details { box-decoration-break: clone; -webkit-box-decoration-break: clone; }
  a { color: inherit; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; overflow-wrap: anywhere; }
}
`;
