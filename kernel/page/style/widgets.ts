/** Widgets as they were when the notebook was saved. */
export const WIDGETS_CSS: string = `
.output.widget { font: 0.9375rem/1.5 var(--sans); min-width: 0; overflow-x: auto; }
.widget [class^="w-"] { display: flex; align-items: center; gap: 0.4em 0.7em; min-width: 0; }
.widget :is(.w-vbox, .w-tab, .w-accordion, .w-stack) { flex-direction: column; align-items: stretch; }
.widget :is(.w-hbox, .w-box) { flex-wrap: wrap; gap: 0.4em 1.6em; }
.widget .w-gridbox { display: grid; align-items: stretch; }
.widget :is(.w-output, .w-html, .w-htmlmath, .w-image) { align-items: start; }
.widget .w-description { display: inline; flex: none; min-width: 6em; max-width: 14em; text-align: right; color: var(--muted); }
.widget .w-page { display: block; border: 1px solid var(--line); border-radius: 8px; padding: 0.5em 0.9em; margin: 0; }
.widget .w-page > summary { font-weight: 600; margin: 0; }
.widget .w-page[open] > summary { margin-bottom: 0.4em; }
.widget .outputs { margin: 0; flex: 1; min-width: 0; --room: 0px; --column: 100%; }
.widget :is(.w-html, .w-htmlmath) > .output.html { min-width: 0; }
.widget .row { display: flex; flex-wrap: wrap; gap: 0.3em; }
.widget .radios { display: flex; flex-direction: column; }
.widget .radios.row { flex-direction: row; gap: 1em; }
.widget output { font-variant-numeric: tabular-nums; min-width: 3em; }
.widget :is(input, select, textarea, button) { font: inherit; color: inherit; margin: 0; opacity: 1; max-width: 100%; }
.widget :is(input:not([type="range"], [type="radio"], [type="checkbox"]), select, textarea) {
  border: 1px solid var(--line); border-radius: 4px; background: var(--code); padding: 0.15em 0.5em; min-width: 12em;
}
.widget input[type="range"] { width: 12em; accent-color: var(--accent); }
.widget input.upright { writing-mode: vertical-lr; direction: rtl; width: auto; height: 9em; }
.widget :is(input[type="radio"], input[type="checkbox"]) { accent-color: var(--accent); }
.widget button { border: 1px solid var(--line); border-radius: 4px; background: var(--code); padding: 0.15em 1em; min-width: 6em; }
.widget button[aria-pressed="true"] { background: color-mix(in srgb, var(--accent) 22%, var(--page)); border-color: var(--accent); }
.widget button:is(.primary, .info) { border-color: var(--accent); color: var(--accent); }
.widget button.success { border-color: var(--ansi-2); color: var(--ansi-2); }
.widget button.warning { border-color: var(--warning); color: var(--warning); }
.widget button.danger { border-color: var(--error); color: var(--error); }
.widget progress { width: 12em; }
.widget progress.success { accent-color: var(--ansi-2); }
.widget progress.warning { accent-color: var(--warning); }
.widget progress.danger { accent-color: var(--error); }
.widget .valid { color: var(--ansi-2); }
.widget .invalid { color: var(--error); }
.widget .swatch { display: inline-block; width: 1.1em; height: 1.1em; margin-right: 0.4em; vertical-align: -0.2em; border: 1px solid var(--line); border-radius: 3px; }
.widget .two-handles { position: relative; width: 12em; height: 0.4em; border-radius: 0.2em; background: var(--line); }
.widget .two-handles > span { position: absolute; top: 0; bottom: 0; background: var(--accent); }
.widget .two-handles > span::before, .widget .two-handles > span::after {
  content: ''; position: absolute; top: -0.3em; width: 1em; height: 1em; border-radius: 50%; background: var(--accent); left: -0.5em;
}
.widget .two-handles > span::after { left: auto; right: -0.5em; }
`;
