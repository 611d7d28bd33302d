import type { Debugger, InspectorNotification, Runtime, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { Origin } from '../protocol.ts';
import { post } from './evaluate.ts';

/** The global symbol under which the user's thread keeps the sources of cells, for the inspector to ask. */
export const SOURCES = 'descent.sources';

interface Script {
  url: string;
  code: string;
}

type Source = Pick<Origin, 'text' | 'mappings'>;

interface Location {
  scriptId: string;
  lineNumber: number;
  columnNumber: number;
}

/** How many scripts are remembered: their code is needed again with each question about a function of theirs. */
const REMEMBERED = 50;
const scripts = new Map<string, Script>();

/** Where a function of a cell was written; `source` is its code as it runs. */
export async function originOf(
  session: Session,
  objectId: string,
  source: string,
): Promise<Origin | undefined> {
  const location = await locationOf(session, objectId);
  const script = location && (await scriptOf(session, location.scriptId));
  const start = script && startOf(script.code, source, location);
  const written = start && (await sourceOf(session, script.url));
  return written && { ...written, ...start };
}

/** The sources of cells are on the user's thread, from where the inspector fetches them also while a cell computes. */
async function sourceOf(session: Session, url: string): Promise<Source | undefined> {
  if (!url.startsWith('file:')) return undefined;
  const file = JSON.stringify(fileURLToPath(url));
  const found = await post<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', {
    expression: `globalThis[Symbol.for(${JSON.stringify(SOURCES)})]?.(${file})`,
    silent: true,
    returnByValue: true,
  });
  return found?.result.value as Source | undefined;
}

async function locationOf(session: Session, objectId: string): Promise<Location | undefined> {
  const found = await post<Runtime.GetPropertiesReturnType>(session, 'Runtime.getProperties', {
    objectId,
    ownProperties: true,
  });
  const place = found?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]');
  return place?.value?.value as Location | undefined;
}

/** V8 gives the place of the parameters, or of a class's constructor. */
function startOf(
  code: string,
  source: string,
  location: Location,
): { line: number; column: number } | undefined {
  const lines = code.split('\n');
  const before = lines.slice(0, location.lineNumber).reduce((sum, { length }) => sum + length + 1, 0);
  const place = before + location.columnNumber;
  const start = code.lastIndexOf(source, place);
  if (start < 0 || start + source.length <= place) return undefined;
  const above = code.slice(0, start).split('\n');
  return { line: above.length, column: above.at(-1)?.length ?? 0 };
}

let last: Promise<unknown> = Promise.resolve();

/** One at a time: the session is shared, and each turns its debugger off again. */
async function scriptOf(session: Session, scriptId: string): Promise<Script | undefined> {
  const known = scripts.get(scriptId);
  if (known) return known;
  const found = last.then(() => readScript(session, scriptId));
  last = found;
  const script = await found;
  if (script) scripts.set(scriptId, script);
  const [oldest] = scripts.keys();
  if (scripts.size > REMEMBERED && oldest !== undefined) scripts.delete(oldest);
  return script;
}

/** Only the debugger tells the name of a script. It must not stop at a `debugger` statement meanwhile. */
async function readScript(session: Session, scriptId: string): Promise<Script | undefined> {
  let url: string | undefined;
  const parsed = ({ params }: InspectorNotification<Debugger.ScriptParsedEventDataType>): void => {
    if (params.scriptId === scriptId) url = params.url;
  };
  const paused = (): void => session.post('Debugger.resume');
  session.on('Debugger.scriptParsed', parsed);
  session.on('Debugger.paused', paused);
  try {
    session.post('Debugger.enable');
    await post(session, 'Debugger.setSkipAllPauses', { skip: true });
    const source = await post<Debugger.GetScriptSourceReturnType>(session, 'Debugger.getScriptSource', {
      scriptId,
    });
    return source && url !== undefined ? { url, code: source.scriptSource } : undefined;
  } finally {
    await post(session, 'Debugger.disable', {});
    session.off('Debugger.scriptParsed', parsed);
    session.off('Debugger.paused', paused);
  }
}
