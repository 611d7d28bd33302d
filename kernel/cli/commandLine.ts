import { Command, CommanderError, Option } from 'commander';
import { program as self } from '../client/program.ts';
import { LONGEST_WAIT } from '../client/wait.ts';
import { reasonOf } from '../notebook/reason.ts';
import { oneLine, reportError, UsageError } from './errors.ts';

/** A command's work, which gives the exit code. Its module is loaded when the command is called. */
type Action<A extends unknown[]> = (...args: A) => Promise<number>;

const LONGEST_TIMEOUT = Math.floor(LONGEST_WAIT / 1000);

function seconds(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && number > 0 && number <= LONGEST_TIMEOUT) return number;
  throw new UsageError(
    `--timeout is ${JSON.stringify(value)}, expected a number of seconds above 0 and up to ${LONGEST_TIMEOUT}`,
  );
}

/** Runs the work and lets the process end by itself, so that all output is written. */
function act<A extends unknown[]>(action: Action<A>): (...args: A) => Promise<void> {
  return async (...args) => {
    process.exitCode = await action(...args);
  };
}

function locations(command: Command): Command {
  return command
    .addOption(
      new Option('--user', "for this user, in Jupyter's user folder (default)").conflicts([
        'sysPrefix',
        'prefix',
      ]),
    )
    .addOption(new Option('--sys-prefix', 'into the active Python environment').conflicts('prefix'))
    .option('--prefix <path>', 'into <path>/share/jupyter/kernels')
    .option('--name <name>', 'the name of the kernelspec', 'descent');
}

function addInstall(program: Command): void {
  locations(program.command('install').description('make the kernel known to Jupyter'))
    .option('--display-name <name>', 'the name that front-ends show', 'TypeScript (Descent)')
    .option('--env <K=V...>', 'environment variables for the kernel; may be repeated')
    .action(act(async (options) => (await import('./install.ts')).install(options)));
  locations(program.command('uninstall').description('remove the kernel from Jupyter')).action(
    act(async (options) => (await import('./install.ts')).uninstall(options)),
  );
}

function addRun(program: Command): void {
  program
    .command('run')
    .summary('run notebooks and write them with their outputs, and as pages')
    .description(
      'Run notebooks from top to bottom and write NAME.executed.ipynb and NAME.html beside each, or in ' +
        '--output-dir. The notebook itself is not changed. Exits with 1 when a cell fails; what was ' +
        'reached until then is written all the same.',
    )
    .argument('[notebook...]', 'nbformat 4 notebooks in TypeScript or JavaScript')
    .option('--output-dir <dir>', 'where the results are written; made when missing')
    .option('--html', 'write the page only')
    .option('--ipynb', 'write the executed notebook only')
    .option('--allow-errors', 'go on after a cell that fails')
    .option('--timeout <seconds>', 'for each cell: interrupt it, and fail', seconds)
    .option(
      '--parameters <k=v...>',
      'declare k in a cell after the one tagged "parameters", or before the first; v is JSON, otherwise ' +
        'text; may be repeated',
    )
    .action(act(async (notebooks, options) => (await import('./run/command.ts')).run(notebooks, options)));
}

function addTensorflow(program: Command): void {
  const command = program
    .command('tensorflow')
    .summary('install native TensorFlow, or see whether it works')
    .description(
      "Native TensorFlow for this user's cells and programs. Alone: what is installed, and whether it passes its test.",
    )
    .action(act(async () => (await import('./tensorflow/others.ts')).status()));
  command
    .command('install')
    .description(
      'fetch TensorFlow with pip, or take that of a Python on PATH, and compile the addon of tfjs-node for it; ' +
        'needs npm and a C++ compiler',
    )
    .option('--version <version>', 'the version of TensorFlow (default: that of a Python on PATH, or 2.21.0)')
    .option('--gpu', 'the TensorFlow that computes on NVIDIA cards')
    .option('--from <path>', "a wheel, or a folder with include/ and TensorFlow's libraries")
    .action(act(async (options) => (await import('./tensorflow/install.ts')).install(options)));
  command
    .command('remove')
    .description('remove it')
    .action(act(async () => (await import('./tensorflow/others.ts')).remove()));
}

function addOthers(program: Command): void {
  program
    .command('kernel')
    .description('start the kernel: what Jupyter calls')
    .argument('<connection-file>', 'as Jupyter writes it')
    .action(
      act(async (file: string) => {
        await (await import('../host.ts')).runHost(file);
        return 0;
      }),
    );
  program
    .command('console')
    .description('a terminal session with the kernel')
    .action(act(async () => (await import('./console/command.ts')).runConsole()));
  program
    .command('doctor')
    .description('check the installation, and say what to do about each problem')
    .option('--json', 'write the report as JSON')
    .action(act(async (options) => (await import('./doctor/command.ts')).doctor(options)));
}

function unknownCommand(program: Command, problem: string): UsageError {
  const names = program.commands.map((command) => command.name()).join(', ');
  return new UsageError(`${problem}, expected one of ${names}; see descent --help`);
}

/** Commander's own would answer an unknown name with the whole help as an error. */
function addHelp(program: Command): void {
  program
    .helpCommand(false)
    .command('help')
    .description('explain a command, or name them all')
    .argument('[command]')
    .action((name: string | undefined) => {
      const command = program.commands.find((each) => each.name() === name);
      if (name !== undefined && !command) {
        throw unknownCommand(program, `unknown command ${JSON.stringify(name)}`);
      }
      (command ?? program).help();
    });
}

function commandLine(): Command {
  const program = new Command('descent')
    .description('A TypeScript kernel for Jupyter.')
    .version(self().version)
    .exitOverride()
    .configureOutput({
      outputError: (message, write) => write(`descent: ${oneLine(message.replace(/^error: /, ''))}\n`),
    })
    .usage('[options] <command>')
    // What follows an unknown command is not what is wrong.
    .argument('[command]')
    .argument('[arguments...]')
    .enablePositionalOptions()
    .passThroughOptions()
    .action((name: string | undefined) => {
      const problem = name === undefined ? 'no command given' : `unknown command ${JSON.stringify(name)}`;
      throw unknownCommand(program, problem);
    });
  addInstall(program);
  addRun(program);
  addTensorflow(program);
  addOthers(program);
  addHelp(program);
  return program;
}

/** Parses the arguments and runs the command; sets the exit code, 2 for wrong usage. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe has gone, as in `descent doctor | head -1`.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`descent: standard output cannot be written: ${reasonOf(error)}\n`);
    process.exit(1);
  });
  // Progress and complaints that nobody can read are no reason to stop; the exit code says enough.
  process.stderr.on('error', () => {});
  try {
    await commandLine().parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else process.exitCode = reportError(error);
  }
}
