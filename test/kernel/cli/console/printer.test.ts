import { describe, expect, it } from 'vitest';
import { historyFile } from '../../../../kernel/cli/console/history.ts';
import { colours, Printer } from '../../../../kernel/cli/console/printer.ts';
import { MessageFactory } from '../../../../kernel/message/reply.ts';
import type { Message } from '../../../../kernel/message/types.ts';

const message = (type: string, content: Record<string, unknown>): Message =>
  new MessageFactory().create(type, content);
const format = (type: string, content: Record<string, unknown>): string =>
  new Printer({ isTerminal: false, columns: () => 80 }).format(message(type, content));
const shown = (text: string, display_id: string): Record<string, unknown> => ({
  data: { 'text/plain': text },
  transient: { display_id },
});

describe('an output', () => {
  it.each([
    ['stream', { name: 'stdout', text: 'a' }, 'a'],
    ['execute_result', { execution_count: 2, data: { 'text/plain': '4' } }, 'Out[2]: 4\n'],
    ['execute_result', { execution_count: 3, data: { 'text/plain': 'x  y\n1  2' } }, 'Out[3]:\nx  y\n1  2\n'],
    ['display_data', { data: { 'image/png': 'x' } }, '[image/png]\n'],
    ['display_data', { data: { 'text/html': '<b>x</b> <script type="a">\ny</script >' } }, '<b>x</b>\n'],
    ['display_data', { data: { 'text/html': '<SCRIPT>y</SCRIPT><style>z</style>\n' } }, ''],
    ['error', { traceback: ['a', 'b'] }, 'a\nb\n'],
    ['status', { execution_state: 'idle' }, ''],
  ])('shows %s', (type, content, text) => expect(format(type, content)).toBe(text));
});

describe('an output that is updated', () => {
  const started = (isTerminal: boolean): Printer => {
    const printer = new Printer({ isTerminal, columns: () => 10 });
    expect(printer.format(message('display_data', shown('step 1', 'bar')))).toBe('step 1\n');
    return printer;
  };
  const update = (text: string, id = 'bar'): Message => message('update_display_data', shown(text, id));

  it('is written over in a terminal, with all lines that it took', () => {
    const printer = started(true);
    expect(printer.format(update('eleven char'))).toBe('\x1b[1A\x1b[0Jeleven char\n');
    expect(printer.format(update('a\nb'))).toBe('\x1b[2A\x1b[0Ja\nb\n');
    expect(printer.end()).toBe('');
  });

  it('is printed once more at the end where something stands below it, and in a pipe', () => {
    const above = started(true);
    above.format(message('stream', { name: 'stdout', text: 'below\n' }));
    expect([above.format(update('step 2')), above.format(update('step 3'))]).toEqual(['', '']);
    expect([above.end(), above.end()]).toEqual(['step 3\n', '']);
    const pipe = started(false);
    expect([pipe.format(update('step 9')), pipe.end()]).toEqual(['', 'step 9\n']);
    expect([pipe.format(update('step 9')), pipe.end()]).toEqual(['', '']);
  });

  it('is nothing where the output was never shown', () => {
    const printer = started(true);
    expect([printer.format(update('x', 'other')), printer.end()]).toEqual(['', '']);
  });
});

describe('colours', () => {
  it('are for terminals, and not where NO_COLOR is set', () => {
    expect(colours('\x1b[31mx\x1b[0m', true, {})).toBe('\x1b[31mx\x1b[0m');
    expect(colours('\x1b[31mx\x1b[0m', true, { NO_COLOR: '1' })).toBe('x');
    expect(colours('\x1b[31mx\x1b[0m', false, {})).toBe('x');
  });
});

describe('historyFile', () => {
  it('is in the state folder', () => {
    expect(historyFile({ XDG_STATE_HOME: '/state' }, 'linux', '/home/ada')).toBe(
      '/state/descent/console_history',
    );
    expect(historyFile({}, 'linux', '/home/ada')).toBe('/home/ada/.local/state/descent/console_history');
  });
});
