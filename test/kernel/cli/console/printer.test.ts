import { describe, expect, it } from 'vitest';
import { historyFile } from '../../../../kernel/cli/console/history.ts';
import { colours, formatOutput } from '../../../../kernel/cli/console/printer.ts';
import { MessageFactory } from '../../../../kernel/message/reply.ts';

const format = (type: string, content: Record<string, unknown>): string =>
  formatOutput(new MessageFactory().create(type, content));

describe('formatOutput', () => {
  it.each([
    ['stream', { name: 'stdout', text: 'a' }, 'a'],
    ['execute_result', { execution_count: 2, data: { 'text/plain': '4' } }, 'Out[2]: 4\n'],
    ['display_data', { data: { 'image/png': 'x' } }, '[image/png]\n'],
    ['error', { traceback: ['a', 'b'] }, 'a\nb\n'],
    ['status', { execution_state: 'idle' }, ''],
  ])('shows %s', (type, content, text) => expect(format(type, content)).toBe(text));
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
