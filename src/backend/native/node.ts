import type { NodeApi } from './types.ts';

const NAMES: readonly (keyof NodeApi)[] = [
  'decodeImage',
  'decodeBmp',
  'decodeGif',
  'decodePng',
  'decodeJpeg',
  'encodeJpeg',
  'encodePng',
  'summaryFileWriter',
  'tensorBoard',
  'getMetaGraphsFromSavedModel',
  'getNumOfSavedModels',
  'loadSavedModel',
];

/** Why there is none, to be told by whatever is called. */
function absent(name: string): () => never {
  return () => {
    throw new Error(
      `tf.node.${name} needs native TensorFlow, which is not in use: ` +
        "install it with `descent tensorflow install`, then await backend.use('tensorflow')",
    );
  };
}

/**
 * The functions of tfjs-node that need TensorFlow itself: images, summaries for TensorBoard, saved models. Without
 * native TensorFlow each says how to get it.
 */
export let node: NodeApi = Object.fromEntries(
  NAMES.map((name) => [name, absent(name)]),
) as unknown as NodeApi;

/** Puts the functions of a TensorFlow that was loaded in place. */
export function provideNode(loaded: NodeApi): void {
  node = loaded;
}
