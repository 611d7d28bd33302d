import type { Runtime, Session } from 'node:inspector';

export type Remote = Runtime.RemoteObject;

/** What one evaluation may take; the inspector stops it there. */
const EVALUATION_MS = 200;
/** What the answers hold on to, until it is released. */
export const GROUP = 'query';

export function post<T>(session: Session, method: string, params: object): Promise<T | undefined> {
  return new Promise((done) => {
    session.post(method, params, (error, result) => done(error ? undefined : (result as T)));
  });
}

/** Evaluates without side effects: a getter or call that would have one makes the answer empty. */
export async function evaluate(
  session: Session,
  expression: string,
  byValue = false,
): Promise<Remote | undefined> {
  const answer = await post<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', {
    expression,
    objectGroup: GROUP,
    silent: true,
    throwOnSideEffect: true,
    timeout: EVALUATION_MS,
    generatePreview: !byValue,
    returnByValue: byValue,
  });
  return answer && !answer.exceptionDetails ? answer.result : undefined;
}

export async function properties(session: Session, objectId: string): Promise<Runtime.PropertyDescriptor[]> {
  const answer = await post<Runtime.GetPropertiesReturnType>(session, 'Runtime.getProperties', {
    objectId,
    ownProperties: false,
    generatePreview: false,
  });
  return answer?.result ?? [];
}

export async function call(
  session: Session,
  objectId: string,
  functionDeclaration: string,
  argument: unknown,
  returnByValue: boolean,
): Promise<Remote | undefined> {
  const answer = await post<Runtime.CallFunctionOnReturnType>(session, 'Runtime.callFunctionOn', {
    ...{ objectId, functionDeclaration, arguments: [{ value: argument }], objectGroup: GROUP },
    ...{ silent: true, generatePreview: !returnByValue, returnByValue },
  });
  return answer && !answer.exceptionDetails ? answer.result : undefined;
}
