// What taking a layer apart begins with: its use, its weights, its activation.
import { serialization } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { ActivationName, Emitter, Value, WeightUse } from './emitter.ts';

/** A layer, of which tfjs declares little. */
export interface AnyLayer {
  readonly name: string;
  readonly trainable: boolean;
  getClassName(): string;
  readonly [member: string]: unknown;
}

/** One use of a layer: what goes in, the shape of what comes out, and where to say why it cannot be taken. */
export interface Use<V extends Value> {
  readonly layer: AnyLayer;
  readonly inputs: readonly V[];
  readonly out: readonly number[];
  /** Whether training changes a weight. */
  trains(variable: LayerVariable): boolean;
  refuse(reason: string): void;
}

/** Takes a layer apart into the operations of an emitter. */
export type Lowering = <V extends Value>(use: Use<V>, emitter: Emitter<V>) => V;

/** The activations that have a compiled form. */
export const ACTIVATIONS: ReadonlySet<string> = new Set<ActivationName>([
  'relu',
  'relu6',
  'sigmoid',
  'elu',
  'tanh',
  'selu',
  'softplus',
  'softsign',
  'hardSigmoid',
  'swish',
  'softmax',
]);

interface Named {
  getClassName(): string;
}

let classes: Readonly<Record<string, readonly unknown[]>> | undefined;

/** tfjs's classes by their names, as they are when this is first asked for. */
function stockClasses(): NonNullable<typeof classes> {
  classes ??= { ...serialization.SerializationMap.getMap().classNameMap };
  return classes;
}

/** Whether it is of tfjs's class of its name: one that extends it has the name as well, and a way of its own. */
export const isOwn = (one: Named): boolean => stockClasses()[one.getClassName()]?.[0] === one.constructor;

/** The name of an activation; 'linear' for none. */
export function nameOf(activation: unknown): string {
  if (activation === null || activation === undefined) return 'linear';
  const named = activation as Named;
  return isOwn(named) ? named.getClassName() : `of the class ${named.constructor.name}`;
}

/** A weight of the layer, if it has it. */
export function weight(
  { layer, trains }: Use<Value>,
  name: string,
  holder: object = layer,
): WeightUse | undefined {
  const variable = Reflect.get(holder, name) as LayerVariable | null | undefined;
  if (variable === null || variable === undefined) return undefined;
  return { variable, isTrained: trains(variable) };
}

/** A weight that the layer must have. */
export function needed(use: Use<Value>, name: string, holder: object = use.layer): WeightUse {
  const found = weight(use, name, holder);
  if (!found)
    throw new Error(`compileStep: the layer ${use.layer.name} has no weight ${name}: it is not built`);
  return found;
}

/** The activation at the end of a layer. */
export function finish<V extends Value>(
  { layer, refuse }: Use<V>,
  emitter: Emitter<V>,
  x: V,
  activation: unknown = layer.activation,
): V {
  const name = nameOf(activation);
  if (name === 'linear') return x;
  if (ACTIVATIONS.has(name)) return emitter.activate(x, name as ActivationName, { isLast: true });
  refuse(`the activation ${name} has no compiled form`);
  return x;
}
