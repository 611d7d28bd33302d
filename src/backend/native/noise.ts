import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Takes what is written to file descriptor 2 until it is called again, which gives it. */
interface Hush {
  begin(): boolean;
  end(): string;
}

/** Lines that tell nothing: the log's own heading, and what is only information. */
const CHATTER =
  /^(?:WARNING: All log messages before absl::InitializeLog\(\)|I\d{4} |To enable the following)/;

/** Whether the user wants TensorFlow's log: 0 and 1 ask for more than errors. */
const isWanted = (): boolean => ['0', '1'].includes(process.env.TF_CPP_MIN_LOG_LEVEL ?? '');

/**
 * Loads a native library without its greetings, which TensorFlow writes before its log can be configured. All
 * else that is written meanwhile comes out at the end.
 */
export function hushed<T>(folder: string, load: () => T): T {
  if (isWanted()) return load();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const file = join(folder, 'addon', 'hush.node');
  const hush = existsSync(file) ? (createRequire(import.meta.url)(file) as Hush) : undefined;
  if (!hush?.begin()) return load();
  try {
    return load();
  } finally {
    const lines = hush.end().split('\n');
    const rest = lines.filter((line) => line !== '' && !CHATTER.test(line));
    if (rest.length > 0) process.stderr.write(`${rest.join('\n')}\n`);
  }
}
