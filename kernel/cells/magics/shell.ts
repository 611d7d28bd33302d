/** Behind a `!`, what only TypeScript begins with. */
const TYPESCRIPT =
  /^(?:[([{!"'`+\d-]|(?:function|await|new|typeof|this|null|true|false|void|delete|class|super|async|undefined|NaN)(?![\p{ID_Continue}$]))/u;
/** `!/a+/.test(x)`, where `!/bin/ls` is a command. */
const REGEX_CALL = /^\/(?:[^\\/\n]|\\.)+\/[a-z]*\.(?:test|exec)\(/;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u;
/** No expression goes on with another word. */
const TWO_WORDS = /^[ \t]+(?!(?:in|instanceof|as|satisfies)\b)[\p{ID_Start}$_~]/u;
const COMMAND = /^(?:\.{1,2}\/|\/|~\/|[\p{ID_Start}$_])/u;

/** Whether what follows a `!` is a shell command; `known` tells which names TypeScript gives a meaning. */
export function isShellCommand(text: string, known: (name: string) => boolean): boolean {
  const command = text.trimStart();
  if (TYPESCRIPT.test(command) || REGEX_CALL.test(command)) return false;
  const [name] = NAME.exec(command) ?? [];
  if (name === undefined || !known(name)) return COMMAND.test(command);
  return TWO_WORDS.test(command.slice(name.length));
}
