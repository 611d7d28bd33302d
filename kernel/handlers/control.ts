import type { Json, Message } from '../message/types.ts';
import { PROTOCOL_VERSION } from '../message/types.ts';
import { field, type Handler } from '../session/dispatch.ts';
import type { History, HistoryEntry } from '../session/history.ts';

export interface ControlParts {
  version: string;
  history: History;
  interrupt: () => Promise<void>;
  shutdown: (restart: boolean) => void;
}

/** What the kernel says of itself. */
function kernelInfo(version: string): Json {
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'descent',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: '7.0',
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: 'typescript',
      nbconvert_exporter: 'script',
    },
    banner: `Descent ${version}: TypeScript on Node ${process.versions.node}`,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/api/' },
      { text: 'TensorFlow.js', url: 'https://js.tensorflow.org/api/latest/' },
    ],
    debugger: false,
    supported_features: [],
  };
}

function history(store: History, request: Message): Json {
  const access = field(request, 'hist_access_type', 'string');
  const n =
    request.content.n === undefined || request.content.n === null ? undefined : field(request, 'n', 'number');
  let entries: HistoryEntry[];
  if (access === 'tail') entries = store.tail(n ?? 10);
  else if (access === 'range') {
    const stop = typeof request.content.stop === 'number' ? request.content.stop : undefined;
    entries = store.range(field(request, 'session', 'number', 0), field(request, 'start', 'number', 0), stop);
  } else if (access === 'search') {
    entries = store.search(
      field(request, 'pattern', 'string', '*'),
      n,
      field(request, 'unique', 'boolean', false),
    );
  } else throw new RangeError(`hist_access_type is "${access}", expected "tail", "range" or "search"`);
  const output = request.content.output === true;
  return {
    status: 'ok',
    history: entries.map(({ session, line, source }) => [session, line, output ? [source, null] : source]),
  };
}

/** Requests about the kernel itself; all of them are answered while a cell computes. */
export function controlHandlers({
  version,
  history: store,
  interrupt,
  shutdown,
}: ControlParts): [string, Handler][] {
  return [
    ['kernel_info_request', () => kernelInfo(version)],
    ['history_request', (request) => history(store, request)],
    [
      'interrupt_request',
      async () => {
        await interrupt();
        return { status: 'ok' };
      },
    ],
    [
      'shutdown_request',
      (request) => {
        const restart = field(request, 'restart', 'boolean', false);
        setImmediate(() => shutdown(restart));
        return { status: 'ok', restart };
      },
    ],
  ];
}
