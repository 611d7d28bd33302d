import { html } from '../markup.ts';
import { displaySymbol, type MimeBundle } from '../types.ts';
import { barText, percent, type Snapshot, shareOf, statsText } from './text.ts';

/** A bar, or a remark about bars that are left out, and how deep it stands below the first. */
export interface Row {
  readonly depth: number;
  readonly shown: Snapshot | string;
}

const MOVING = 'var(--jp-brand-color1, var(--vscode-progressBar-background, #0072b2))';
const COLORS = {
  running: MOVING,
  resting: MOVING,
  done: 'var(--jp-success-color1, var(--vscode-charts-green, #009e73))',
  stopped: 'var(--jp-error-color1, var(--vscode-charts-red, #d55e00))',
} as const;
const FONT = 'var(--jp-code-font-family, var(--vscode-editor-font-family, monospace))';
const LINE = `display:flex;flex-wrap:wrap;align-items:center;gap:0 .7em;font:13px/1.6 ${FONT};font-variant-numeric:tabular-nums`;

/** Bars as HTML, and as lines of text. */
export function barsBundle(rows: readonly Row[]): MimeBundle {
  if (rows.length === 0) return { 'text/html': '', 'text/plain': '' };
  const lines = html`${rows.map(line)}`;
  return { ...lines[displaySymbol](), 'text/plain': rows.map(rowText).join('\n') };
}

/** A row as text, indented by its depth. */
export function rowText({ depth, shown }: Row): string {
  return `${'  '.repeat(depth)}${typeof shown === 'string' ? shown : barText(shown)}`;
}

function line({ depth, shown }: Row): unknown {
  const style = `${LINE};padding-left:${depth * 1.6}em`;
  if (typeof shown === 'string') return html`<div style="${style};opacity:.7">${shown}</div>`;
  const share = shareOf(shown);
  const known = share === undefined ? '' : `${percent(share)} `;
  const desc = shown.desc === '' ? '' : html`<span>${shown.desc}</span>`;
  return html`<div style="${style}">${desc}${bar(shown, share)}<span>${known}${statsText(shown)}</span></div>`;
}

/** One that does not know its end moves to and fro while it runs, and is full when it is done. */
function bar({ desc, state }: Snapshot, share: number | undefined): unknown {
  const value = share ?? (state === 'done' ? 1 : undefined);
  const name = desc === '' ? 'progress' : desc;
  const look = `flex:none;width:15em;height:.9em;margin:0;accent-color:${COLORS[state]}`;
  if (value === undefined) {
    return state === 'running' ? html`<progress aria-label="${name}" style="${look}"></progress>` : '';
  }
  return html`<progress aria-label="${name}" value="${value.toFixed(4)}" max="1" style="${look}"></progress>`;
}
