import {
  type AnyModel,
  type LayerLook,
  lookAtModel,
  type ModelLook,
  modelText,
  parametersOf,
  parameterText,
} from '../../core/text/model.ts';
import { backdropMarkup } from '../markup/backdrop.ts';
import { escapeHtml } from '../markup/values.ts';
import type { MimeBundle } from '../types.ts';
import { modelDiagram } from './diagram.ts';

const frame = 'overflow:auto;max-height:560px';
const cell = 'padding:3px 10px 3px 0;text-align:left;vertical-align:top';
const number = 'padding:3px 10px 3px 0;text-align:right;font-variant-numeric:tabular-nums;vertical-align:top';
const rule = 'border-bottom:1px solid rgba(128,128,128,.6)';
const quiet = 'opacity:.7';

/** A model of layers: their table with shapes and parameters, and a diagram. */
export function modelBundle(model: AnyModel): MimeBundle {
  const look = lookAtModel(model);
  const notes = [parameterText(look), ...(look.compiled === '' ? [] : [`compiled: ${look.compiled}`])];
  const title = `<b>${escapeHtml(look.className)}</b> <span style="${quiet}">${escapeHtml(look.name)}</span>`;
  const footer = notes.map((note) => `<div style="${quiet}">${escapeHtml(note)}</div>`).join('');
  const table =
    look.layers.length === 0
      ? `<div style="${quiet}">no layers</div>`
      : `<div style="${frame}">${tableMarkup(look)}</div>`;
  return {
    'text/html':
      `<div class="descent-model" style="display:flex;flex-wrap:wrap;gap:8px 28px;align-items:flex-start">` +
      `<div style="max-width:100%">${title}${table}${footer}</div>${diagramMarkup(look)}</div>`,
    'text/plain': modelText(look),
  };
}

function tableMarkup({ layers, isChain }: ModelLook): string {
  const heads = ['Layer', 'Type', 'Output shape', 'Parameters', ...(isChain ? [] : ['Inputs'])];
  const head = heads.map(
    (name) =>
      `<td role="columnheader" style="${name === 'Parameters' ? number : cell};${rule}"><b>${name}</b></td>`,
  );
  const rows = layers.map((layer) => rowMarkup(layer, isChain));
  const style = 'border-collapse:collapse;margin:4px 0';
  return `<table style="${style}"><tr>${head.join('')}</tr>\n${rows.join('\n')}</table>`;
}

function rowMarkup(layer: LayerLook, isChain: boolean): string {
  const type = `${escapeHtml(layer.className)} <span style="${quiet}">${escapeHtml(layer.detail)}</span>`;
  const cells = [
    `<td style="${cell}">${escapeHtml(layer.name)}</td>`,
    `<td style="${cell}">${type}</td>`,
    `<td style="${cell};white-space:nowrap">${escapeHtml(layer.shape)}</td>`,
    `<td style="${number};white-space:nowrap">${parametersOf(layer)}</td>`,
    ...(isChain ? [] : [`<td style="${cell}">${escapeHtml(layer.inputs.join(', '))}</td>`]),
  ];
  return `<tr>${cells.join('')}</tr>`;
}

function diagramMarkup(look: ModelLook): string {
  const diagram = look.layers.length > 1 ? modelDiagram(look) : undefined;
  if (!diagram) return '';
  const { svg, width, height } = diagram;
  const base64 = Buffer.from(svg).toString('base64');
  const text = `diagram of ${look.name}`;
  const picture = backdropMarkup({ mime: 'image/svg+xml', base64, width, height, text });
  return `<div tabindex="0" role="group" style="${frame};max-width:100%">${picture}</div>`;
}
