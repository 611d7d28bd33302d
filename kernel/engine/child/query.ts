import type { Runtime, Session } from 'node:inspector';
import type { Description, NameInfo, Query } from '../protocol.ts';
import { call, evaluate, GROUP, post, properties, type Remote } from './evaluate.ts';
import { originOf } from './origin.ts';
import { parametersOf } from './parameters.ts';

/** A namespace of an ES module: V8 takes reading its exports for a side effect, which it is not. */
const isNamespace = (list: readonly Runtime.PropertyDescriptor[]): boolean =>
  list.some(
    ({ symbol, value, configurable, writable, isOwn }) =>
      symbol?.description === 'Symbol(Symbol.toStringTag)' &&
      value?.value === 'Module' &&
      isOwn === true &&
      !configurable &&
      !writable,
  );

/** How many members deep the exports of modules are looked for. */
const MODULE_DEPTH = 4;

/** The value of an expression, also where it reads exports of modules. */
async function resolve(
  session: Session,
  expression: string,
  depth: number = MODULE_DEPTH,
): Promise<Remote | undefined> {
  const value = await evaluate(session, expression);
  const [, left, name] = /^(.+)\.\s*([\p{ID_Continue}$]+)$/su.exec(expression) ?? [];
  if (value || left === undefined || depth === 0) return value;
  const owner = await resolve(session, left.trim(), depth - 1);
  if (!owner?.objectId || !isNamespace(await properties(session, owner.objectId))) return undefined;
  return call(session, owner.objectId, 'function (name) { return this[name]; }', name, false);
}

const kind = (remote: Remote | undefined): string => remote?.subtype ?? remote?.type ?? 'property';

/** `typeof` of each expression; undefined where one of them would have a side effect. */
async function typesOf(session: Session, expressions: readonly string[]): Promise<string[] | undefined> {
  const list = expressions.map((expression) => `typeof ${expression}`).join();
  return (await evaluate(session, `[${list}]`, true))?.value as string[] | undefined;
}

/** `typeof` of members; the expression, which may call something, is evaluated once. */
async function typesOfMembers(
  session: Session,
  expression: string,
  names: readonly string[],
): Promise<string[] | undefined> {
  const types = `((owner, names) => names.map((name) => typeof owner[name]))`;
  const list = JSON.stringify(names);
  return (await evaluate(session, `${types}(${expression}, ${list})`, true))?.value as string[] | undefined;
}

async function typesOfExports(
  session: Session,
  objectId: string,
  names: readonly string[],
): Promise<string[] | undefined> {
  const types = 'function (names) { return names.map((name) => typeof this[name]); }';
  return (await call(session, objectId, types, names, true))?.value as string[] | undefined;
}

async function names(session: Session): Promise<NameInfo[]> {
  const scope = await post<{ names: string[] }>(session, 'Runtime.globalLexicalScopeNames', {});
  const declared = scope?.names ?? [];
  const types = await typesOf(session, declared);
  const list = declared.map((name, index) => ({
    name,
    type: types?.[index] === 'function' ? 'function' : 'variable',
  }));
  const global = await evaluate(session, 'globalThis');
  for (const { name } of global?.objectId ? await properties(session, global.objectId) : []) {
    list.push({ name, type: 'global' });
  }
  return list;
}

const PROTOTYPES: Readonly<Record<string, string>> = {
  ...{ string: 'String', number: 'Number', bigint: 'BigInt', boolean: 'Boolean', symbol: 'Symbol' },
};

/** A value, or what a primitive inherits its members from. */
async function owner(session: Session, expression: string): Promise<Remote | undefined> {
  const value = await resolve(session, expression);
  const inherited = PROTOTYPES[value?.type ?? ''];
  return inherited === undefined ? value : evaluate(session, `${inherited}.prototype`);
}

/** Members of a value, its own first and then up its prototypes. */
async function members(session: Session, expression: string, own: boolean): Promise<NameInfo[]> {
  const value = await owner(session, expression);
  if (!value?.objectId) return [];
  const all = await properties(session, value.objectId);
  const wanted = ({ symbol, isOwn, enumerable }: Runtime.PropertyDescriptor): boolean =>
    !symbol && (!own || (isOwn === true && enumerable));
  const list = all.filter(wanted);
  const reexports = list.filter(({ get }) => get).map(({ name }) => name);
  const found = isNamespace(all)
    ? await typesOfExports(session, value.objectId, reexports)
    : await typesOfMembers(session, expression, reexports);
  const types = new Map(reexports.map((name, index) => [name, found?.[index] ?? 'getter']));
  const infos = list.map(({ name, value: member }) => ({ name, type: types.get(name) ?? kind(member) }));
  // The packages of tfjs export their kernels' names and all of their classes among a few hundred functions.
  return found && found.length > 1 ? infos.sort((a, b) => rank(a) - rank(b)) : infos;
}

const rank = ({ name, type }: NameInfo): number => (/^[a-z]/.test(name) ? 0 : type === 'function' ? 1 : 2);

const LISTS = new Set(['array', 'typedarray']);

/** Node marks the promises of asynchronous work. */
const NOT_HOOKS = /^(?!Symbol\((?:trigger_)?async_id_symbol\))/;

function previewOf(remote: Remote): string {
  if (remote.type === 'string') return JSON.stringify(remote.value);
  if (remote.value !== undefined) return String(remote.value);
  const { preview } = remote;
  if (!preview || remote.type === 'function') return remote.description ?? remote.type;
  const isList = LISTS.has(preview.subtype ?? '');
  // A typed array's buffer and length come behind its elements.
  const shown = preview.properties
    .filter(({ name }) => (isList ? /^\d+$/ : NOT_HOOKS).test(name))
    .map(({ name, value, type }) => {
      const text = type === 'string' ? JSON.stringify(value) : value || type;
      return isList ? text : `${name}: ${text}`;
    });
  if (preview.overflow) shown.push('…');
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${remote.description ?? 'Object'} ${open} ${shown.join(', ')} ${close}`;
}

/** `function f(a, b = 2)`, also where the function itself goes by another name. */
function signatureOf(expression: string, source: string): string | undefined {
  const parameters = parametersOf(source);
  if (parameters === undefined) return undefined;
  return `${/^async\b/.test(source) ? 'async ' : ''}function ${expression}${parameters}`;
}

async function describe(session: Session, expression: string): Promise<Description | undefined> {
  const value = await resolve(session, expression);
  if (!value) return undefined;
  const described: Description = { type: kind(value), preview: previewOf(value).slice(0, 2000) };
  if (value.className !== undefined) described.className = value.className;
  if (value.type === 'function' && value.description !== undefined) {
    described.source = value.description;
    const signature = signatureOf(expression, value.description);
    if (signature !== undefined) described.signature = signature;
    const origin = value.objectId && (await originOf(session, value.objectId, value.description));
    if (origin) described.origin = origin;
  }
  return described;
}

/** What is answered through the inspector. */
export type ValueQuery = Exclude<Query, { kind: 'folder' | 'environment' }>;

/** A preloaded name that nothing has used yet: its getter would load it, which no evaluation here may do. */
export async function lazyRoot(session: Session, query: ValueQuery): Promise<string | undefined> {
  if (query.kind === 'names') return undefined;
  const root = /^\(*([\p{ID_Continue}$]+)/u.exec(query.expression)?.[1];
  if (root === undefined) return undefined;
  const getter = `Object.getOwnPropertyDescriptor(globalThis, ${JSON.stringify(root)})?.get?.name`;
  return (await evaluate(session, getter, true))?.value === LAZY ? root : undefined;
}

/** The name of the getters of preloaded names, by which they are known here. */
export const LAZY = 'descentLazy';

/** Queries that are being answered: what one of them holds on to goes when the last one is done. */
let asked = 0;

/** Answers from the live values; `undefined` when the expression has none, or evaluating has effects. */
export async function answerQuery(session: Session, query: ValueQuery): Promise<unknown> {
  asked += 1;
  try {
    if (query.kind === 'names') return await names(session);
    if (query.kind === 'members') return await members(session, query.expression, query.own);
    return await describe(session, query.expression);
  } finally {
    asked -= 1;
    if (asked === 0) await post(session, 'Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }
}
