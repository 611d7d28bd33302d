import { stripVTControlCharacters } from 'node:util';
import type { Json, Message } from '../../message/types.ts';

function plain(data: unknown): string {
  const bundle = (typeof data === 'object' && data !== null ? data : {}) as Json;
  const text = bundle['text/plain'] ?? bundle['text/markdown'] ?? bundle['text/html'];
  return typeof text === 'string' ? text : `[${Object.keys(bundle).join(', ')}]`;
}

/** What an iopub message looks like in a terminal; empty for one that shows nothing. */
export function formatOutput({ header, content }: Message): string {
  switch (header.msg_type) {
    case 'stream':
      return String(content.text ?? '');
    case 'execute_result':
      return `Out[${content.execution_count}]: ${plain(content.data)}\n`;
    case 'display_data':
    case 'update_display_data':
      return `${plain(content.data)}\n`;
    case 'error':
      return `${Array.isArray(content.traceback) ? content.traceback.join('\n') : content.evalue}\n`;
    default:
      return '';
  }
}

/** Colours for terminals only, and not where NO_COLOR is set (no-color.org). */
export function colours(text: string, isTerminal: boolean, env: NodeJS.ProcessEnv = process.env): string {
  return isTerminal && !env.NO_COLOR ? text : stripVTControlCharacters(text);
}
