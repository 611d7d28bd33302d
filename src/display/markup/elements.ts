import { readMember, readMethod } from '../inspect.ts';
import { displaySymbol } from '../types.ts';

/** The members of a DOM node that are used here. */
export interface DomNode {
  readonly tagName?: string;
  readonly textContent: string | null;
  readonly outerHTML: string;
  readonly children: ArrayLike<DomNode>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  remove(): void;
  cloneNode(deep: boolean): DomNode;
  querySelectorAll(selector: string): Iterable<DomNode>;
}

/** The markup of a DOM element, or undefined for anything else. */
export function elementMarkup(value: unknown): string | undefined {
  const outer = readMember(value, 'outerHTML');
  if (typeof outer !== 'string' || readMethod(value, displaySymbol)) return undefined;
  return withOwnBackground(isDomNode(value) ? quiet(value).outerHTML : outer);
}

/** Whether a value is an element of a document, rather than an object with markup of its own. */
export function isDomNode(value: unknown): value is DomNode {
  const methods = ['cloneNode', 'querySelectorAll', 'getAttribute', 'removeAttribute'];
  return methods.every((name) => typeof readMember(value, name) === 'function');
}

const active = 'script, iframe, frame, object, embed, base, meta, link';

/**
 * A copy without what could act in the notebook's page. Elements often come from pages that were fetched, whose
 * scripts would run with the reader's rights on the notebook's server; `html(element.outerHTML)` shows them all.
 */
function quiet(element: DomNode): DomNode {
  const copy = element.cloneNode(true);
  for (const node of [...copy.querySelectorAll(active)]) node.remove();
  for (const node of [copy, ...copy.querySelectorAll('*')]) {
    for (const { name, value } of [...node.attributes]) {
      if (isActive(name, value)) node.removeAttribute(name);
    }
  }
  return copy;
}

function isActive(name: string, value: string): boolean {
  // Browsers skip blanks and control characters within a scheme.
  const plain = value.replace(/[\s\p{Cc}]/gu, '').toLowerCase();
  return /^on|^srcdoc$/i.test(name) || /^(javascript|vbscript|data:text\/html)/.test(plain);
}

/** Observable Plot draws its tips on white, with text in the page's colour: white as well on a dark page. */
function withOwnBackground(markup: string): string {
  const page = 'var(--jp-layout-color0, var(--vscode-editor-background, var(--page, white)))';
  return markup.replaceAll('--plot-background: white;', `--plot-background: ${page};`);
}
