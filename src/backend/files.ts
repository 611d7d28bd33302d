// `file://` for models, as tfjs-node has it, on every back end: in tfjs itself only browsers have a store.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { io as stock } from '@tensorflow/tfjs-core';

type Artifacts = Awaited<ReturnType<NonNullable<stock.IOHandler['load']>>>;

const SCHEME = 'file://';
const MODEL = 'model.json';
const WEIGHTS = 'weights.bin';

const isBinary = (topology: unknown): boolean =>
  topology instanceof ArrayBuffer || ArrayBuffer.isView(topology);

/** What a file holds; an error names it. */
async function contentOf(path: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new Error(`the model cannot be loaded: ${path}: ${reason}`, { cause: error });
  }
}

async function weightsOf(
  manifest: stock.WeightsManifestConfig,
  folder: string,
): Promise<[stock.WeightsManifestEntry[], ArrayBuffer]> {
  const paths = manifest.flatMap((group) => group.paths);
  const parts = await Promise.all(paths.map((path) => contentOf(join(folder, path))));
  const { buffer, byteOffset, byteLength } = Buffer.concat(parts);
  const specs = manifest.flatMap((group) => group.weights);
  return [specs, buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer];
}

/** Saves a model as `model.json` and `weights.bin` of a folder, and loads one from such a JSON file. */
class FileHandler implements stock.IOHandler {
  readonly #paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.#paths = paths.map((path) => resolve(path));
  }

  save = async (artifacts: Artifacts): Promise<stock.SaveResult> => {
    const [folder, second] = this.#paths;
    if (folder === undefined || second !== undefined) {
      throw new Error(`a model is saved in one folder; received ${this.#paths.length} paths`);
    }
    if (isBinary(artifacts.modelTopology)) {
      throw new Error('a model with a binary topology cannot be saved in a folder; expected JSON');
    }
    if ((await stat(folder).catch(() => undefined))?.isFile()) {
      throw new Error(
        `the model cannot be saved in ${folder}: it is a file, expected a folder or a new name`,
      );
    }
    await mkdir(folder, { recursive: true });
    const manifest = [{ paths: [WEIGHTS], weights: artifacts.weightSpecs ?? [] }];
    const { weightSpecs, weightData, getWeightStream, ...rest } = artifacts;
    await writeFile(join(folder, MODEL), JSON.stringify({ ...rest, weightsManifest: manifest }));
    const weights = new stock.CompositeArrayBuffer(weightData);
    await writeFile(join(folder, WEIGHTS), new Uint8Array(weights.slice()));
    return { modelArtifactsInfo: stock.getModelArtifactsInfoForJSON(artifacts) };
  };

  load = async (): Promise<Artifacts> => {
    const [first, second] = this.#paths;
    if (first === undefined || this.#paths.length > 2) {
      throw new Error(
        `a model is loaded from one JSON file, or two files; received ${this.#paths.length} paths`,
      );
    }
    if (second === undefined) {
      const json = JSON.parse((await contentOf(first)).toString('utf8')) as stock.ModelJSON;
      return stock.getModelArtifactsForJSON(json, (manifest) => weightsOf(manifest, dirname(first)));
    }
    // A graph in binary, and the manifest of its weights.
    const modelTopology = await contentOf(first);
    const manifest = JSON.parse((await contentOf(second)).toString('utf8')) as stock.WeightsManifestConfig;
    const [weightSpecs, weightData] = await weightsOf(manifest, dirname(second));
    return { modelTopology, weightSpecs, weightData };
  };
}

const router = (url: string | string[]): stock.IOHandler => {
  const urls = [url].flat();
  const isOurs = urls.length > 0 && urls.every((each) => each.startsWith(SCHEME));
  // The declaration does not have it, but null means another's.
  return (isOurs ? new FileHandler(urls.map((each) => each.slice(SCHEME.length))) : null) as stock.IOHandler;
};

stock.registerSaveRouter(router);
stock.registerLoadRouter(router);

declare module '@tensorflow/tfjs-core/dist/io/io.js' {
  /**
   * Where a model is saved or loaded: a folder to save in, the path of its `model.json` to load from, or those of
   * a binary graph and of the manifest of its weights.
   *
   * @example
   * await model.save(tf.io.fileSystem('models/first'));
   * const again = await tf.loadLayersModel('file://models/first/model.json');
   */
  function fileSystem(path: string | string[]): stock.IOHandler;
}

const fileSystem = (path: string | string[]): stock.IOHandler => new FileHandler([path].flat());

Object.assign(stock, { fileSystem });
