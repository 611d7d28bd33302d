import { existsSync, readFileSync } from 'node:fs';

/** The machine, as far as TensorFlow's libraries have to do with it. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
  /** The version of glibc; undefined with another C library. */
  glibc: string | undefined;
  /** The processor's features as Linux lists them; undefined where it does not. */
  features: string | undefined;
}

export function thisMachine(): Machine {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  const cpuinfo = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const features = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime, features };
}

/** What else there is where this cannot be had. */
const INSTEAD = 'npm install @tensorflow/tfjs-node beside the notebook is used where it loads, else wasm';

/** Throws where TensorFlow's libraries cannot run, with what to do instead. */
export function checkMachine({ platform, arch, glibc, features }: Machine): void {
  const fail = (problem: string, instead = INSTEAD): never => {
    throw new Error(`native TensorFlow cannot be installed: ${problem}; ${instead}`);
  };
  if (platform === 'win32') {
    fail('TensorFlow has no libraries for Windows', 'use WSL (wsl --install), or wasm, which needs nothing');
  }
  if (platform !== 'linux')
    fail(`this command is for Linux, this is ${platform === 'darwin' ? 'macOS' : platform}`);
  if (arch !== 'x64' && arch !== 'arm64') {
    fail(
      `the processor is ${arch}, expected x64 or arm64`,
      'tensors are computed on wasm, which needs nothing',
    );
  }
  if (glibc === undefined) {
    fail(
      'this Linux has no glibc',
      'use a distribution with glibc, such as Debian, or wasm, which needs nothing',
    );
  }
  if (arch === 'x64' && features !== undefined && !/\bavx\b/.test(features)) {
    fail('the processor has no AVX', 'tensors are computed on wasm, which needs nothing');
  }
}

/** What an ELF file is for: `x64`, `arm64`, or undefined for anything else. Figure 4 of the ELF specification. */
export function elfArch(header: Buffer): string | undefined {
  if (header.length < 20 || header.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  return { 62: 'x64', 183: 'arm64' }[header.readUInt16LE(18)];
}
