import type { SessionNames } from '../cells/session.ts';
import type { EvaluatedExpression } from '../engine/protocol.ts';
import type { Json } from '../message/types.ts';
import { errorContent, RequestError } from '../session/dispatch.ts';
import { report } from './outcome.ts';

/** Evaluates `user_expressions`, by name: each has its own outcome. */
export async function evaluateExpressions(
  expressions: Json,
  names: SessionNames,
  evaluate: (runnable: Record<string, string>) => Promise<Record<string, EvaluatedExpression>>,
): Promise<Json> {
  if (Object.keys(expressions).length === 0) return {};
  const { transformCell } = await import('../cells/transform.ts');
  const runnable: Record<string, string> = {};
  const results: Json = {};
  for (const [name, expression] of Object.entries(expressions)) {
    try {
      const cell = transformCell(String(expression), 'user_expression.ts', names.copy());
      if (!cell.hasResult) throw new RequestError(`${JSON.stringify(expression)} is no expression`);
      runnable[name] = cell.code;
    } catch (error) {
      results[name] = { status: 'error', ...errorContent(error) };
    }
  }
  const evaluated = await evaluate(runnable);
  for (const name of Object.keys(runnable)) {
    results[name] = { status: 'error', ...report('Interrupted', 'the evaluation was stopped') };
  }
  for (const [name, result] of Object.entries(evaluated)) results[name] = result;
  return results;
}
