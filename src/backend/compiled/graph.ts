import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import { type Emitter, Uncompiled, type Value } from './emitter.ts';
import { lowerings } from './layers.ts';
import { type AnyLayer, isOwn } from './lowering.ts';

/** Why a model cannot be compiled: a layer, or the model itself, and the reason. */
export interface Refusal {
  readonly where: string;
  readonly reason: string;
}

/** How tfjs keeps one use of a layer in a graph. */
interface Node {
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputShapes: readonly (number | null)[][];
}

interface GraphLayer extends AnyLayer {
  readonly inboundNodes: readonly Node[];
  readonly inputs?: readonly SymbolicTensor[];
  readonly outputs?: readonly SymbolicTensor[];
}

const PENALTIES = ['kernelRegularizer', 'biasRegularizer', 'recurrentRegularizer', 'depthwiseRegularizer'];
const OTHER_PENALTIES = [
  'pointwiseRegularizer',
  'embeddingsRegularizer',
  'gammaRegularizer',
  'betaRegularizer',
  'activityRegularizer',
];

/** A penalty on weights or activations, which is a loss of its own. */
function penaltyOf(layer: AnyLayer): string | undefined {
  const holders = [layer, (layer.cell ?? {}) as object];
  return [...PENALTIES, ...OTHER_PENALTIES].find((name) =>
    holders.some((holder) => Reflect.get(holder, name) !== undefined && Reflect.get(holder, name) !== null),
  );
}

/** Penalties that were added by `addLoss`, beside those of regularizers. */
const addedLosses = (layer: AnyLayer): number => {
  const holders = [layer, ...(layer.cell ? [layer.cell] : [])] as { readonly losses?: readonly unknown[] }[];
  return holders.reduce((count, { losses = [] }) => count + losses.length, 0);
};

/** Whether it is a model within the model. */
const isModel = (layer: GraphLayer): boolean =>
  Boolean(layer.inputs && layer.outputs) && !(layer.getClassName() in lowerings);

/** The shape of a symbolic tensor with the batch in the place of its open first length. */
const shapeOf = (tensor: SymbolicTensor, batch: number): (number | null)[] => [
  batch,
  ...tensor.shape.slice(1),
];

export interface WalkOptions {
  /** Whether training changes a weight. */
  trains(variable: LayerVariable): boolean;
  /** Called for each reason that stands against the model. */
  refuse(refusal: Refusal): void;
}

/**
 * Walks the graph of a model from its outputs and has an emitter take down each use of a layer once.
 *
 * @param inputs the values of the model's inputs, in their order
 * @returns the values of its outputs
 */
export function takeApart<V extends Value>(
  model: LayersModel,
  inputs: readonly V[],
  emitter: Emitter<V>,
  options: WalkOptions,
): V[] {
  const batch = inputs[0]!.shape[0]!;
  const values = new Map<number, V>();
  /** The outputs of the models within, by their uses: one of several outputs is taken down once. */
  const inner = new Map<Node, V[]>();
  const valueOfTensor = (tensor: SymbolicTensor): V => {
    const known = values.get(tensor.id);
    if (known) return known;
    const layer = tensor.sourceLayer as unknown as GraphLayer;
    const node = layer.inboundNodes[tensor.nodeIndex]!;
    const given = node.inputTensors.map(valueOfTensor);
    const value = isModel(layer)
      ? outputsOf(layer, node, given)[tensor.outputTensorIndex ?? 0]!
      : useOf(layer, given, tensor);
    values.set(tensor.id, value);
    return value;
  };
  const outputsOf = (layer: GraphLayer, node: Node, given: V[]): V[] => {
    const known = inner.get(node) ?? takeApart(layer as unknown as LayersModel, given, emitter, options);
    inner.set(node, known);
    return known;
  };
  const useOf = (layer: GraphLayer, given: V[], tensor: SymbolicTensor): V => {
    const say = (reason: string): void => options.refuse({ where: `the layer ${layer.name}`, reason });
    const lower = Object.hasOwn(lowerings, layer.getClassName())
      ? lowerings[layer.getClassName()]
      : undefined;
    const out = shapeOf(tensor, batch);
    const penalty = penaltyOf(layer);
    if (penalty) say(`its ${penalty} has no compiled form`);
    else if (addedLosses(layer) > 0) say('a loss of its own (addLoss) has no compiled form');
    if (!out.every((length) => length !== null)) {
      say(`its output [${tensor.shape.map((length) => length ?? '?')}] has an open length besides the batch`);
      return given[0]!;
    }
    if (!lower || !isOwn(layer)) {
      say(
        `layers of the class ${lower ? layer.constructor.name : layer.getClassName()} have no compiled form`,
      );
      return { ...given[0]!, shape: out };
    }
    const { trains } = options;
    try {
      return lower({ layer, inputs: given, out: out as number[], trains, refuse: say }, emitter);
    } catch (error) {
      if (!(error instanceof Uncompiled)) throw error;
      say(error.message);
      return { ...given[0]!, shape: out as number[] };
    }
  };
  for (const [i, tensor] of model.inputs.entries()) values.set(tensor.id, inputs[i]!);
  return model.outputs.map(valueOfTensor);
}
