import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Probe } from './probe.ts';

type Channel = 'shell' | 'control' | 'stdin' | 'hb';
/** The four parts of a message as text, and how they are framed. */
export interface Mutant {
  channel: Channel;
  parts: string[];
  framing: 'right' | 'forged' | 'unsigned' | 'replayed' | 'short' | 'bare' | 'garbage';
  buffers: number;
}

const DELIMITER = Buffer.from('<IDS|MSG>');
const wrong = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', 'x', [], {}, [[]], { a: null }, '😀', '\ud800'),
  fc.jsonValue({ maxDepth: 2 }),
);
const TYPES = [
  ...['execute_request', 'complete_request', 'inspect_request', 'is_complete_request', 'history_request'],
  ...['kernel_info_request', 'comm_info_request', 'comm_open', 'comm_msg', 'comm_close', 'interrupt_request'],
  ...['connect_request', 'debug_request', 'input_reply', 'create_subshell_request', 'no_such_type', ''],
];
const FIELDS = [
  ...['code', 'silent', 'store_history', 'user_expressions', 'allow_stdin', 'stop_on_error', 'cursor_pos'],
  ...[
    'detail_level',
    'hist_access_type',
    'n',
    'session',
    'start',
    'stop',
    'pattern',
    'unique',
    'output',
    'raw',
  ],
  ...['comm_id', 'target_name', 'data', 'value', '__proto__', 'constructor'],
];
const RIGHT = {
  ...{
    code: '1',
    silent: false,
    user_expressions: {},
    cursor_pos: 1,
    detail_level: 0,
    hist_access_type: 'tail',
  },
  ...{ n: 1, comm_id: 'c', target_name: 't', data: {}, value: 'v', pattern: '*', unique: true },
};
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const content = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc
        .dictionary(fc.constantFrom(...FIELDS), wrong, { maxKeys: 4 })
        .map((change) => ({ ...RIGHT, ...change })),
    },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...FIELDS), wrong, { maxKeys: 6 }) },
    { weight: 1, arbitrary: wrong },
  )
  .map((value) => JSON.stringify(value));
const notJson = fc.oneof(
  fc.constantFrom('', '{', 'undefined', '{"a":}', '\u0000', '\ufeff{}', deep(20_000)),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const header = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.dictionary(
      fc.constantFrom('msg_id', 'msg_type', 'session', 'username', 'date', 'version', 'subshell_id'),
      wrong,
      { maxKeys: 2 },
    ),
    fc.nat(9),
  )
  .map(([type, change, dice]) => {
    const right = {
      msg_id: randomUUID(),
      msg_type: type,
      session: 's',
      username: 'u',
      date: 'd',
      version: '5.5',
    };
    return JSON.stringify(dice < 7 ? right : { ...right, ...change });
  });
const part = fc.oneof(
  { weight: 12, arbitrary: fc.constant('{}') },
  { weight: 1, arbitrary: wrong.map((v) => JSON.stringify(v)) },
  { weight: 1, arbitrary: notJson },
);
/** Messages of every kind that a kernel may be sent, most of them wrong in one way or several. */
export const mutant: fc.Arbitrary<Mutant> = fc.record({
  channel: fc.constantFrom<Channel>('shell', 'shell', 'control', 'stdin', 'hb'),
  parts: fc
    .tuple(
      fc.oneof({ weight: 12, arbitrary: header }, { weight: 1, arbitrary: notJson }),
      part,
      part,
      fc.oneof({ weight: 12, arbitrary: content }, { weight: 1, arbitrary: notJson }),
    )
    .map((parts) => [...parts]),
  framing: fc.constantFrom(
    'right',
    'right',
    'right',
    'right',
    'forged',
    'unsigned',
    'replayed',
    'short',
    'bare',
    'garbage',
  ),
  buffers: fc.nat(2),
});

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The id of a request that is rightly signed and framed, however wrong its content: it is owed busy and idle. */
export function answerable({ channel, parts, framing }: Mutant): string | undefined {
  if (channel === 'stdin' || channel === 'hb' || (framing !== 'right' && framing !== 'replayed'))
    return undefined;
  try {
    const [header, parent, metadata] = parts.map((each) => JSON.parse(each) as Record<string, unknown>);
    const { msg_id: id, msg_type: type, session } = header ?? {};
    if (!isObject(parent) || !isObject(metadata)) return undefined;
    return [id, type, session].every((each) => typeof each === 'string') && String(id).length === 36
      ? String(id)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Sends it as its framing says; gives how many messages that were. */
export function sendMutant(probe: Probe, { channel, parts, framing, buffers }: Mutant): number {
  const frames = parts.map((each) => Buffer.from(each));
  const signature = Buffer.from(probe.sign(frames));
  const extra = Array.from({ length: buffers }, () => randomBytes(100));
  const whole = [DELIMITER, signature, ...frames, ...extra];
  const framed = {
    right: [whole],
    replayed: [whole, whole],
    forged: [
      [DELIMITER, Buffer.from(signature.toString().replace(/^./, (c) => (c === '0' ? '1' : '0'))), ...frames],
    ],
    unsigned: [[DELIMITER, Buffer.alloc(0), ...frames]],
    short: [whole.slice(0, 2 + buffers)],
    bare: [frames],
    garbage: [extra.length > 0 ? extra : [Buffer.alloc(0)]],
  }[framing];
  for (const each of framed) probe.sendFrames(channel, each);
  return framed.length;
}
