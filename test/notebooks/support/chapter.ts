import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKernel } from '../../../kernel/client/start.ts';
import type { CodeCell, Notebook, Output } from '../../../kernel/notebook/notebook.ts';
import { parseNotebook } from '../../../kernel/notebook/parse.ts';

/** The repository's root folder. */
export const root: string = join(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Chapter {
  /** The file as it is committed. */
  text: string;
  notebook: Notebook;
}

/** What a cell gave. */
interface CellRun {
  id: string;
  status: 'ok' | 'error' | 'aborted';
  outputs: Output[];
}

export interface ChapterRun {
  cells: CellRun[];
  /** Tensors that the chapter has left alive. */
  tensors: number;
  /** How long the chapter has computed, on all cores together; other programs do not count. */
  cpuSeconds: number;
}

/** Reads a notebook, given by its path from the repository's root. */
export async function readChapter(path: string): Promise<Chapter> {
  const text = await readFile(join(root, path), 'utf8');
  return { text, notebook: parseNotebook(text) };
}

export function codeCells({ cells }: Notebook): CodeCell[] {
  return cells.filter((cell) => cell.cell_type === 'code');
}

/** Runs the code cells of a chapter in a kernel of its own, from top to bottom, up to the first that fails. */
export async function runChapter(notebook: Notebook, cellTimeout = 60_000): Promise<ChapterRun> {
  const folder = mkdtempSync(join(tmpdir(), 'descent-chapter-'));
  // The prose has the numbers of a rounding that all releases of Node share.
  const env = { DESCENT_HISTORY: join(folder, 'history.jsonl'), DESCENT_SIMD: 'plain' };
  const client = await startKernel({ cwd: join(root, 'notebooks'), env });
  try {
    const cells: CellRun[] = [];
    for (const { id = '', source } of codeCells(notebook)) {
      const { status, outputs } = await client.execute(source, { timeout: cellTimeout });
      cells.push({ id, status, outputs });
      if (status !== 'ok') break;
    }
    const numberOf = async (expression: string): Promise<number> => {
      const { outputs } = await client.execute(expression, { timeout: cellTimeout });
      return Number(plainText(outputs));
    };
    const tensors = await numberOf('tf.memory().numTensors');
    const cpuSeconds = await numberOf(
      'Object.values(process.cpuUsage()).reduce((user, system) => user + system) / 1e6',
    );
    return { cells, tensors, cpuSeconds };
  } finally {
    await client.shutdown();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of outputs as a terminal would show it; a picture's description is left out. */
export function plainText(outputs: readonly Output[]): string {
  const texts = outputs.map((output) => {
    if (output.output_type === 'stream') return output.text;
    if (output.output_type === 'error') return `${output.ename}: ${output.evalue}`;
    return hasPicture(output) ? '' : String(output.data['text/plain'] ?? '');
  });
  return texts.join('\n');
}

/** Whether an output is shown as a picture. */
export function hasPicture(output: Output): boolean {
  return 'data' in output && 'image/png' in output.data;
}
