import { UsageError } from './usage.ts';

const NAME = /^[^\s=]+$/;
// Cells may replace it.
const { hasOwn } = Object;

/** `%env`: all variables, the value of one, or a new value for one; what is set is said. */
export function environment(text: string, say: (line: string) => void): unknown {
  if (text === '') return { ...process.env };
  const equal = text.indexOf('=');
  const blank = text.search(/\s/);
  if (equal < 0 && blank < 0) {
    const value = hasOwn(process.env, text) ? process.env[text] : undefined;
    if (value === undefined) throw new UsageError(`%env ${text}: the environment has no such variable`);
    return value;
  }
  setVariable(text, say);
  return undefined;
}

/** `%set_env NAME=value` and `%set_env NAME value` */
export function setVariable(text: string, say: (line: string) => void): void {
  const [, name = '', value = ''] = /^([^\s=]*)(?:\s*=\s*|\s+)(.*)$/s.exec(text) ?? [];
  if (!NAME.test(name)) {
    throw new UsageError(`%set_env ${text}: expected NAME=value or NAME value`);
  }
  process.env[name] = value;
  say(`env: ${name}=${value}`);
}
