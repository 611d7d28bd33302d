import { inspect } from 'node:util';
import { isList, readMember } from '../inspect.ts';
import { type Described, isDescribed, isSame } from './spec.ts';

/** Follow from others, or say nothing to a reader. */
const silent = new Set(['domClasses', 'optionsLabels', 'label', 'msgId']);
/** Come first, in this order. */
const leading = ['value', 'options', 'min', 'max', 'step', 'children'];

/** The traits that differ from their defaults: what a reader would write to make the widget again. */
function tellingTraits(widget: Described): Record<string, unknown> {
  const { traits } = widget.spec;
  const names = Object.keys(traits).filter((name) => isTelling(widget, name));
  const rank = (name: string): number => (leading.includes(name) ? leading.indexOf(name) : leading.length);
  names.sort((a, b) => rank(a) - rank(b));
  return Object.fromEntries(names.map((name) => [name, widget.get(name)]));
}

function isTelling(widget: Described, name: string): boolean {
  if (silent.has(name) || (name === 'index' && 'options' in widget.spec.traits)) return false;
  const value = widget.get(name);
  const trait = widget.spec.traits[name];
  // A layout or a style of which nothing is set.
  if (trait?.make && isDescribed(value)) return Object.keys(tellingTraits(value)).length > 0;
  return name === 'value' ? value !== undefined : !isSame(value, trait?.initial);
}

/** A widget as the expression that makes it. */
export function summaryText(widget: Described): string {
  const traits = tellingTraits(widget);
  const text =
    Object.keys(traits).length === 0
      ? ''
      : inspect(traits, { depth: 6, maxStringLength: 100, maxArrayLength: 20 });
  return `${widget.spec.name}(${text})`;
}

/** What a console shows: the parts of a box line by line, the outputs of an Output as they are. */
export function consoleText(widget: Described): string {
  const children = widget.get('children');
  if (isList(children) && children.length > 0)
    return children.filter(isDescribed).map(consoleText).join('\n');
  const outputs = widget.get('outputs');
  if (isList(outputs) && outputs.length > 0) return outputs.map(outputText).join('\n');
  return summaryText(widget);
}

function outputText(output: unknown): string {
  const type = readMember(output, 'output_type');
  if (type === 'stream') return String(readMember(output, 'text')).replace(/\n$/, '');
  if (type === 'error') return `${readMember(output, 'ename')}: ${readMember(output, 'evalue')}`;
  return String(readMember(readMember(output, 'data'), 'text/plain') ?? '');
}
