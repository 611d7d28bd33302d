import { isAbsolute } from 'node:path';
import { findProgram, isExecutable } from '../doctor/programs.ts';
import { call } from './call.ts';
import type { Libraries } from './libraries.ts';

const NAMES = ['c++', 'g++', 'clang++'];
const COMPILE_TIMEOUT = 10 * 60_000;

/** The compiler's program and the arguments that come first: CXX may hold some. */
export function findCompiler(env: NodeJS.ProcessEnv = process.env): string[] {
  const asked = (env.CXX ?? '').split(/\s+/).filter((word) => word !== '');
  if (asked.length > 0) {
    const [name, ...rest] = asked as [string, ...string[]];
    const path = isAbsolute(name) ? (isExecutable(name) ? name : undefined) : findProgram(name, env);
    if (path !== undefined) return [path, ...rest];
    throw new Error(
      `CXX is ${JSON.stringify(env.CXX)}, which is no program: set it to a C++ compiler, or unset it`,
    );
  }
  const found = NAMES.map((name) => findProgram(name, env)).find((path) => path !== undefined);
  if (found !== undefined) return [found];
  throw new Error(
    'no C++ compiler found: install one (Debian, Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++), or name it by CXX',
  );
}

/** Takes what is written to the standard error file meanwhile: TensorFlow greets before its log can be configured. */
export const HUSH = `
#include <node_api.h>
#include <stdio.h>
#include <string>
#include <unistd.h>
static FILE *taken = nullptr;
static int before = -1;
static napi_value Begin(napi_env env, napi_callback_info) {
  bool ok = taken == nullptr && (taken = tmpfile()) != nullptr && (before = dup(2)) >= 0 && dup2(fileno(taken), 2) >= 0;
  napi_value result;
  napi_get_boolean(env, ok, &result);
  return result;
}
static napi_value End(napi_env env, napi_callback_info) {
  std::string text;
  if (before >= 0) {
    dup2(before, 2);
    close(before);
    before = -1;
  }
  if (taken != nullptr) {
    rewind(taken);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, taken)) > 0;) text.append(part, n);
    fclose(taken);
    taken = nullptr;
  }
  napi_value result;
  napi_create_string_utf8(env, text.data(), text.size(), &result);
  return result;
}
extern "C" napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value begin, end;
  napi_create_function(env, "begin", NAPI_AUTO_LENGTH, Begin, nullptr, &begin);
  napi_create_function(env, "end", NAPI_AUTO_LENGTH, End, nullptr, &end);
  napi_set_named_property(env, exports, "begin", begin);
  napi_set_named_property(env, exports, "end", end);
  return exports;
}
extern "C" int32_t node_api_module_get_api_version_v1() { return 8; }
`;

export interface Compilation {
  compiler: readonly string[];
  sources: readonly string[];
  output: string;
  headers: readonly string[];
  libraries?: Libraries;
  signal: AbortSignal;
}

/** The line of a compiler's or linker's complaint that tells most. */
function compileProblem(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /\berror\b|undefined reference|cannot find/.test(line)) ?? lines.find(Boolean) ?? ''
  );
}

/** Compiles an addon; all symbols are looked up when it is loaded, so that a missing one throws there. */
export async function compile(work: Compilation): Promise<void> {
  const { compiler, sources, output, headers, libraries, signal } = work;
  const [program, ...first] = compiler as [string, ...string[]];
  const linked = libraries
    ? ['-L', libraries.folder, ...libraries.names.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../lib']
    : [];
  const args = [
    ...first,
    ...['-O2', '-fPIC', '-shared', '-std=c++17', '-DNAPI_VERSION=8'],
    ...headers.flatMap((folder) => ['-I', folder]),
    ...sources,
    ...['-o', output],
    ...linked,
    '-Wl,-z,now',
  ];
  const { code, stderr, problem } = await call({ program, args, timeout: COMPILE_TIMEOUT, signal });
  if (code === 0) return;
  const why = problem ?? compileProblem(stderr);
  const hint = /No space left/.test(stderr)
    ? 'free some space and try again'
    : 'see DESCENT_DEBUG=1, or set CXX to another compiler';
  if (process.env.DESCENT_DEBUG === '1') process.stdout.write(stderr);
  throw new Error(`the addon does not compile with ${program}: ${why}; ${hint}`);
}
