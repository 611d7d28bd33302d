import { findProgram } from '../doctor/programs.ts';
import { call } from './call.ts';

const NAMES = ['python3', 'python'];
const ASK_TIMEOUT = 30_000;

/** A TensorFlow that a Python has. */
export interface PythonTensorflow {
  python: string;
  folder: string;
  version: string;
  kind: 'cpu' | 'gpu';
}

/** The Pythons on PATH, by its order of names. */
function pythons(): string[] {
  return NAMES.flatMap((name) => findProgram(name) ?? []);
}

/** Without importing it: that would take seconds. */
const FIND = `
import importlib.metadata as metadata, importlib.util, json
spec = importlib.util.find_spec('tensorflow')
found = {d.metadata['Name'].lower().replace('_', '-'): d.version for d in metadata.distributions() if d.metadata['Name']}
names = [n for n in ('tensorflow', 'tensorflow-cpu', 'tensorflow-intel') if n in found]
if spec and spec.submodule_search_locations and names:
    print(json.dumps({'folder': list(spec.submodule_search_locations)[0], 'version': found[names[-1]], 'name': names[-1]}))
`;

/** The first TensorFlow that a Python on PATH has, of that version if one is wanted. */
export async function pythonTensorflow(
  version: string | undefined,
  gpu: boolean,
  signal: AbortSignal,
): Promise<PythonTensorflow | undefined> {
  for (const python of pythons()) {
    const { code, stdout } = await call({
      program: python,
      args: ['-c', FIND],
      timeout: ASK_TIMEOUT,
      signal,
    });
    if (code !== 0 || stdout.trim() === '') continue;
    const found = JSON.parse(stdout) as { folder: string; version: string; name: string };
    const kind = found.name === 'tensorflow' ? 'gpu' : 'cpu';
    if (version !== undefined && found.version !== version) continue;
    if (gpu && kind !== 'gpu') continue;
    return { python, folder: found.folder, version: found.version, kind: gpu ? 'gpu' : 'cpu' };
  }
  return undefined;
}

/** How pip is started: a program and what comes before pip's own arguments. */
export async function findPip(signal: AbortSignal): Promise<{ program: string; args: string[] } | undefined> {
  for (const python of pythons()) {
    const { code } = await call({
      program: python,
      args: ['-m', 'pip', '--version'],
      timeout: ASK_TIMEOUT,
      signal,
    });
    if (code === 0) return { program: python, args: ['-m', 'pip'] };
  }
  const pip = findProgram('pip3') ?? findProgram('pip');
  return pip === undefined ? undefined : { program: pip, args: [] };
}
