import { boxText } from './box.ts';
import {
  type AnyLayer,
  type AnyNode,
  type AnyWeight,
  attempt,
  classOf,
  detailOf,
  outputShapeOf,
  shapeText,
} from './layer.ts';
import { bytesText, countText } from './numbers.ts';

/** A model of layers, of whichever copy of tfjs. */
export interface AnyModel extends AnyLayer {
  readonly layers: readonly AnyLayer[];
  readonly containerNodes?: ReadonlySet<string>;
  readonly optimizer?: unknown;
  readonly loss?: unknown;
}

/** What is shown of a layer. */
export interface LayerLook {
  readonly name: string;
  readonly className: string;
  readonly detail: string;
  readonly shape: string;
  readonly parameters: number;
  readonly isFrozen: boolean;
  /** The names of the layers whose outputs it takes. */
  readonly inputs: readonly string[];
}

/** What is shown of a model. */
export interface ModelLook {
  readonly name: string;
  readonly className: string;
  readonly layers: readonly LayerLook[];
  readonly total: number;
  readonly trainable: number;
  /** Whether each layer takes what the one before it gives. */
  readonly isChain: boolean;
  readonly isBuilt: boolean;
  /** Such as `Adam, meanSquaredError`; empty if it was not compiled. */
  readonly compiled: string;
}

const sizeOf = ({ shape }: AnyWeight): number =>
  shape.reduce<number>((size, length) => size * (length ?? 1), 1);

/** Weights that layers share count once. */
function countParameters(layers: readonly AnyLayer[]): { total: number; trainable: number } {
  const weights = new Set<AnyWeight>();
  for (const layer of layers) for (const weight of attempt(() => layer.weights) ?? []) weights.add(weight);
  let [total, trainable] = [0, 0];
  const frozen = new Set(layers.filter(isFrozen).flatMap((layer) => attempt(() => layer.weights) ?? []));
  for (const weight of weights) {
    total += sizeOf(weight);
    if (weight.trainable !== false && !frozen.has(weight)) trainable += sizeOf(weight);
  }
  return { total, trainable };
}

const isFrozen = (layer: AnyLayer): boolean => layer.trainable === false;

/** The nodes of a layer that belong to the model: the layer may be part of other models as well. */
function nodesIn(layer: AnyLayer, model: AnyModel): readonly AnyNode[] {
  const nodes = attempt(() => layer.inboundNodes) ?? [];
  const own = model.containerNodes;
  return own ? nodes.filter((_, index) => own.has(`${layer.name}_ib-${index}`)) : nodes;
}

/** Reads a model for its text or its picture. */
export function lookAtModel(model: AnyModel): ModelLook {
  const layers = model.layers.map((layer): LayerLook => {
    const nodes = nodesIn(layer, model);
    return {
      name: String(layer.name),
      className: classOf(layer),
      detail: detailOf(layer),
      shape: shapeText(outputShapeOf(layer)),
      parameters: countParameters([layer]).total,
      isFrozen: isFrozen(layer) && countParameters([layer]).total > 0,
      inputs: [...new Set(nodes.flatMap((node) => node.inboundLayers.map(({ name }) => String(name))))],
    };
  });
  const isBuilt = layers.length > 0 && layers.every(({ shape }) => shape !== '?');
  return {
    name: String(model.name),
    className: classOf(model),
    layers,
    ...countParameters(model.layers),
    isChain: isChain(layers) || layers.every(({ inputs }) => inputs.length === 0),
    isBuilt,
    compiled: compiledText(model),
  };
}

function isChain(layers: readonly LayerLook[]): boolean {
  return layers.every(({ inputs }, at) => {
    const before = layers[at - 1]?.name;
    return inputs.length === 0 ? at === 0 : inputs.length === 1 && (inputs[0] === before || at === 0);
  });
}

function compiledText(model: AnyModel): string {
  const optimizer = attempt(() => model.optimizer);
  if (optimizer === undefined || optimizer === null) return '';
  const loss = attempt(() => lossText(model.loss)) ?? '';
  return [optimizerName(optimizer), loss].filter((part) => part !== '').join(', ');
}

function optimizerName(optimizer: unknown): string {
  const config = attempt(() => (optimizer as { getConfig(): Record<string, unknown> }).getConfig());
  if (typeof config?.name === 'string') return config.name;
  return classOf(optimizer as AnyLayer);
}

function lossText(loss: unknown): string {
  if (typeof loss === 'function') return loss.name || 'a function';
  if (Array.isArray(loss)) return loss.map(lossText).join(' + ');
  if (typeof loss === 'object' && loss !== null) return Object.values(loss).map(lossText).join(' + ');
  return typeof loss === 'string' ? loss : '';
}

/** How many parameters there are, and how many of them are trained. */
export function parameterText({ total, trainable }: Pick<ModelLook, 'total' | 'trainable'>): string {
  const all = `${countText(total)} parameters (${bytesText(4 * total)})`;
  if (trainable === total) return all;
  return `${all}: ${countText(trainable)} trainable, ${countText(total - trainable)} frozen`;
}

/** The first line of a model's text. */
export function modelLine(look: ModelLook): string {
  const count = `${look.layers.length} layer${look.layers.length === 1 ? '' : 's'}`;
  return `${look.className} '${look.name}', ${count}, ${parameterText(look)}`;
}

/** The table of the layers with their output shapes and parameters. */
export function modelText(look: ModelLook): string {
  const { layers, isBuilt, compiled, className, name } = look;
  const columns = [
    { title: 'Layer', cells: layers.map((layer) => layer.name) },
    { title: 'Type', cells: layers.map((layer) => `${layer.className} ${layer.detail}`.trim()) },
    { title: 'Output shape', cells: layers.map(({ shape }) => shape) },
    { title: 'Parameters', cells: layers.map(parametersOf), isNumeric: true },
    ...(look.isChain ? [] : [{ title: 'Inputs', cells: layers.map(({ inputs }) => inputs.join(', ')) }]),
  ];
  return [
    `${className} '${name}'`,
    ...(layers.length === 0 ? ['(no layers)'] : [boxText(columns)]),
    parameterText(look),
    ...(compiled === '' ? [] : [`compiled: ${compiled}`]),
    ...(isBuilt || layers.length === 0 ? [] : ['not built: the shapes are known once there is an input']),
  ].join('\n');
}

export const parametersOf = ({ parameters, isFrozen }: LayerLook): string =>
  `${isFrozen ? 'frozen ' : ''}${countText(parameters)}`;
