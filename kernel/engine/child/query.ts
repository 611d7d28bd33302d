import type { Runtime, Session } from 'node:inspector';
import type { Description, NameInfo, Query } from '../protocol.ts';

type Remote = Runtime.RemoteObject;

/** What one evaluation may take; the inspector stops it there. */
const EVALUATION_MS = 200;
const GROUP = 'query';

function post<T>(session: Session, method: string, params: object): Promise<T | undefined> {
  return new Promise((resolve) => {
    session.post(method, params, (error, result) => resolve(error ? undefined : (result as T)));
  });
}

/** Evaluates without side effects: a getter or call that would have one makes the answer empty. */
async function evaluate(session: Session, expression: string): Promise<Remote | undefined> {
  const answer = await post<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', {
    expression,
    objectGroup: GROUP,
    silent: true,
    throwOnSideEffect: true,
    timeout: EVALUATION_MS,
    generatePreview: true,
  });
  return answer && !answer.exceptionDetails ? answer.result : undefined;
}

async function properties(session: Session, objectId: string): Promise<Runtime.PropertyDescriptor[]> {
  const answer = await post<Runtime.GetPropertiesReturnType>(session, 'Runtime.getProperties', {
    objectId,
    ownProperties: false,
    generatePreview: false,
  });
  return answer?.result ?? [];
}

const kind = (remote: Remote | undefined): string => remote?.subtype ?? remote?.type ?? 'property';

async function names(session: Session): Promise<NameInfo[]> {
  const scope = await post<{ names: string[] }>(session, 'Runtime.globalLexicalScopeNames', {});
  const global = await evaluate(session, 'globalThis');
  const list = (scope?.names ?? []).map((name) => ({ name, type: 'variable' }));
  for (const { name } of global?.objectId ? await properties(session, global.objectId) : []) {
    list.push({ name, type: 'global' });
  }
  return list;
}

/** Members of a value, its own first and then up its prototypes. */
async function members(session: Session, expression: string): Promise<NameInfo[]> {
  let value = await evaluate(session, expression);
  if (value && !value.objectId && value.type !== 'undefined' && value.subtype !== 'null') {
    value = await evaluate(session, `Object.getPrototypeOf(${expression})`);
  }
  if (!value?.objectId) return [];
  const list = await properties(session, value.objectId);
  return list
    .filter(({ symbol }) => !symbol)
    .map(({ name, value: member, get }) => ({ name, type: get ? 'getter' : kind(member) }));
}

function previewOf(remote: Remote): string {
  if (remote.type === 'string') return JSON.stringify(remote.value);
  if (remote.value !== undefined) return String(remote.value);
  const { preview } = remote;
  if (!preview || remote.type === 'function') return remote.description ?? remote.type;
  const shown = preview.properties.map(({ name, value, type, subtype }) => {
    const text = type === 'string' ? JSON.stringify(value) : (value ?? type);
    return subtype !== undefined && preview.subtype === 'array' ? text : `${name}: ${text}`;
  });
  return `${remote.description ?? 'Object'} { ${shown.join(', ')}${preview.overflow ? ', …' : ''} }`;
}

async function describe(session: Session, expression: string): Promise<Description | undefined> {
  const value = await evaluate(session, expression);
  if (!value) return undefined;
  const described: Description = { type: kind(value), preview: previewOf(value).slice(0, 2000) };
  if (value.className !== undefined) described.className = value.className;
  if (value.type === 'function' && value.description !== undefined) described.source = value.description;
  return described;
}

/** Answers from the live values; `undefined` when the expression has none, or evaluating has effects. */
export async function answerQuery(session: Session, query: Query): Promise<unknown> {
  try {
    if (query.kind === 'names') return await names(session);
    if (query.kind === 'members') return await members(session, query.expression);
    return await describe(session, query.expression);
  } finally {
    await post(session, 'Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }
}
