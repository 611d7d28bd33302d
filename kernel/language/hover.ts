import { type Documentation, documentationOf } from './documentation.ts';
import { withoutFiles, withoutModules } from './serverText.ts';

/** What the types say of a name. */
export interface TypedHover {
  /** A declaration, in TypeScript. */
  signature: string;
  documentation: Documentation;
}

export interface ServerHover {
  contents: string | { value: string };
}

const FENCE = /^```(?:typescript|tsx|javascript)\n([\s\S]*?)\n```\n?/;

/** A folder of the toolkit, by its path or by the name of the package. */
const TOOLKIT = /^module "(?:[^"]*\/dist\/src\/[^"]*|descent-kernel\/[^"]*)"$/;

/** The whole of a file in JSON or CommonJS. */
const EXPORTS = /^\(property\) (?:module\.)?exports: /;

/** Takes the server's answer apart. */
export async function hoverOf(
  answer: ServerHover | null | undefined,
  name: string,
): Promise<TypedHover | undefined> {
  const contents = answer?.contents;
  const text = typeof contents === 'string' ? contents : contents?.value;
  const [whole, signature] = FENCE.exec(text ?? '') ?? [];
  if (!text || whole === undefined || !signature) return undefined;
  return {
    signature: withoutModules(signature)
      .replace(TOOLKIT, `namespace ${name}`)
      .replace(EXPORTS, () => `const ${name}: `),
    documentation: await documentationOf(withoutFiles(text.slice(whole.length))),
  };
}

/** The type in a declaration: `let x: number[]` → `number[]`, `function f(a: string): void` → `(a: string) => void`. */
export function typeIn(signature: string): string {
  const text = signature.replaceAll(/\s*\n\s*/g, ' ');
  const variable = /^(?:const|let|var|\(property\)) [^:(]+?: (.+)$/s.exec(text)?.[1];
  if (variable !== undefined) return variable;
  const [, parameters, result] = /^(?:function|\(method\)) [\w$.]+(.*\)): (.+)$/s.exec(text) ?? [];
  if (parameters !== undefined) return `${parameters} => ${result}`;
  return /^(?:abstract )?(\w+)/.exec(text)?.[1] ?? text;
}
