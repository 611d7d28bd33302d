import { describe, expect, it } from 'vitest';
import { Displays, OutputCollector } from '../../../kernel/client/outputs.ts';

function collect(messages: [type: string, content: Record<string, unknown>][]): OutputCollector {
  const collector = new OutputCollector(new Displays());
  for (const [type, content] of messages) collector.handle(type, content);
  return collector;
}

const stream = (name: string, text: string): [string, Record<string, unknown>] => ['stream', { name, text }];
const display = (text: string, id?: string): [string, Record<string, unknown>] => [
  'display_data',
  { data: { 'text/plain': text }, metadata: {}, transient: id === undefined ? {} : { display_id: id } },
];

describe('OutputCollector', () => {
  it('joins consecutive text of one stream and keeps the order of two', () => {
    const { outputs } = collect([
      stream('stdout', 'a'),
      stream('stdout', 'b\n'),
      stream('stderr', 'e'),
      stream('stdout', 'c'),
    ]);
    expect(outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'ab\n' },
      { output_type: 'stream', name: 'stderr', text: 'e' },
      { output_type: 'stream', name: 'stdout', text: 'c' },
    ]);
  });

  it('keeps results and errors in the shape of nbformat, without transient', () => {
    const { outputs } = collect([
      ['execute_result', { execution_count: 3, data: { 'text/plain': '2' }, metadata: {}, transient: {} }],
      ['error', { ename: 'TypeError', evalue: 'no', traceback: ['a', 'b'] }],
    ]);
    expect(outputs).toEqual([
      { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': '2' }, metadata: {} },
      { output_type: 'error', ename: 'TypeError', evalue: 'no', traceback: ['a', 'b'] },
    ]);
  });

  it('updates a display of an earlier cell', () => {
    const displays = new Displays();
    const first = new OutputCollector(displays);
    const second = new OutputCollector(displays);
    first.handle(...display('old', 'd'));
    second.handle('update_display_data', {
      data: { 'text/plain': 'new' },
      metadata: { a: 1 },
      transient: { display_id: 'd' },
    });
    expect(first.outputs).toEqual([
      { output_type: 'display_data', data: { 'text/plain': 'new' }, metadata: { a: 1 } },
    ]);
    expect(second.outputs).toEqual([]);
  });

  it('clears at once, or with the next output when asked to wait', () => {
    expect(collect([stream('stdout', 'a'), ['clear_output', { wait: false }]]).outputs).toEqual([]);
    const waiting = collect([stream('stdout', 'a'), ['clear_output', { wait: true }]]);
    expect(waiting.outputs).toHaveLength(1);
    waiting.handle(...display('b'));
    waiting.handle(...display('c'));
    expect(waiting.outputs.map((output) => output.output_type)).toEqual(['display_data', 'display_data']);
  });

  it('fills the list of its caller', () => {
    const outputs = [{ output_type: 'stream' as const, name: 'stdout', text: 'x' }];
    new OutputCollector(new Displays(), outputs).handle('stream', { name: 'stdout', text: 'y' });
    expect(outputs[0]?.text).toBe('xy');
  });

  it('survives content of the wrong shape and leaves other types alone', () => {
    const collector = collect([
      ['stream', {}],
      ['display_data', { data: null, metadata: [], transient: null }],
      ['error', { traceback: 'x' }],
      ['update_display_data', {}],
    ]);
    expect(collector.outputs).toHaveLength(3);
    expect(collector.handle('status', { execution_state: 'busy' })).toBe(false);
  });
});
