// The command line: every command, its options and its examples; each one's work is loaded late.
import { Command, CommanderError, Option } from 'commander';
import { asRunbookError, errorKinds, RunbookError } from '../../kernel/errors.ts';
import { type CheckOptions, outputs } from './check-options.ts';
import type { DemoOutput } from './demo.ts';
import type { Ports } from './ports.ts';

/** Runs one command line; the promise gives the exit status and never rejects. */
export async function runCommandLine(argv: readonly string[], ports: Ports): Promise<number> {
  let status = 0;
  const program = buildProgram(ports, (result) => {
    status = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const failure = await tell(thrown, ports);
    if (!asksForNagios(argv)) return failure;
    // There 2 means CRITICAL, and a mistake in the command line says nothing of the server.
    const { renderNagiosMistake } = await import('./render/nagios.ts');
    ports.terminal.out(renderNagiosMistake(asRunbookError(thrown).message));
    return 3;
  }
}

// Commander has told its own errors already.
async function tell(thrown: unknown, { terminal }: Ports): Promise<number> {
  if (thrown instanceof CommanderError) return errorKinds.usage.exit;
  const error = asRunbookError(thrown);
  const { renderError } = await import('./render/table.ts');
  terminal.err(renderError(error, { color: terminal.color }));
  if (error.kind === 'bug' && error.cause instanceof Error) {
    terminal.err(`${error.cause.stack ?? ''}\n`);
  }
  return errorKinds[error.kind].exit;
}

function asksForNagios(argv: readonly string[]): boolean {
  return /(^| )(-o|-o |--output[ =])nagios( |$)/.test(argv.join(' '));
}

/** The whole grammar, also for completion and the reference page. */
export function buildProgram(ports: Ports, done: (status: number) => void): Command {
  const { terminal } = ports;
  const program = new Command('pgrunbook')
    .description('Runs PostgreSQL runbooks: finds what is wrong, with evidence.')
    .version(ports.version)
    .option('--config <file>', 'configuration file (default: pgrunbook.yaml here, then ~/.config)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHasColors: () => terminal.color,
      getOutHelpWidth: () => Math.min(terminal.columns, 100),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help lists the options, with examples)');
  addCheck(program, ports, done);
  addDoctor(program, ports, done);
  addConfig(program, ports, done);
  addDemo(program, ports, done);
  addCompletion(program, ports);
  return program;
}

type Done = (status: number) => void;

const list = (value: string, earlier: readonly string[] = []) => [
  ...earlier,
  ...value.split(',').filter((item) => item !== ''),
];

const targetHelp = `
TARGET is a name in pgrunbook.yaml, a connection URI, keyword=value pairs or service=NAME, all
resolved as libpq does.`;

function addCheck(program: Command, ports: Ports, done: Done): void {
  program
    .command('check')
    .summary('what is wrong with a database')
    .description('Inspects databases, read-only and bounded, and shows what is wrong.')
    .argument('[target...]', 'databases to inspect')
    .option('--target <target>', 'the same, may be repeated', list)
    .addOption(new Option('-o, --output <format>', 'format').choices(outputs).default('table'))
    .option('--only <checks>', 'run only these checks or groups (comma-separated)', list)
    .option('--skip <checks>', 'leave these checks or groups out (comma-separated)', list)
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['info', 'warning', 'critical', 'never'])
        .default('warning'),
    )
    .option('--all', 'show every finding and every reason')
    .option('--fast', 'leave the slow lane out: sizes and bloat')
    .option('--window <time>', 'sample counters twice, this far apart, for checks of rates')
    .option('--deadline <time>', 'time for one target', '60s')
    .option('--jobs <number>', 'targets inspected at once', '4')
    .option('--list', 'list the checks and do nothing else')
    .option('--explain <check>', 'what a check means, why it matters and what to do')
    .addHelpText(
      'after',
      `${targetHelp} Absent, the PG* environment decides. "all" is every configured target.

Examples:
  pgrunbook check                                      the database of the PG* environment
  pgrunbook check "postgresql://monitor@db1/orders"    one database
  pgrunbook check all --fail-on critical -o junit      every configured target, for a build
  pgrunbook check prod --only indexes,bloat --all      two groups, nothing hidden
  pgrunbook check prod --window 30s                    rates too: deadlocks, cache hits, WAL
  pgrunbook check --explain index-duplicate            what a finding means

Exit status: 0 fine, 1 findings at or above --fail-on, 2 usage, 3 unreachable, 4 denied,
5 unsupported, 6 refused; with -o nagios 0 to 3 as that world has it.`,
    )
    .action(async (words: string[], options: CheckOptions) => {
      const { check } = await import('./check.ts');
      done(await check(words, { ...program.opts(), ...options }, ports));
    });
}

function addDoctor(program: Command, ports: Ports, done: Done): void {
  program
    .command('doctor')
    .summary('what is installed, which privileges are missing')
    .description('Tells what this machine and a role on a target can do, and what would help.')
    .argument('[target]', 'database to look at; without one only this machine is looked at')
    .addOption(
      new Option('-o, --output <format>', 'format').choices(['table', 'json']).default('table'),
    )
    .addHelpText(
      'after',
      `${targetHelp} Absent, no database is looked at, only this machine.

Examples:
  pgrunbook doctor                                this machine: programs and versions
  pgrunbook doctor "service=orders"               the role's privileges, and the GRANTs it lacks`,
    )
    .action(async (target: string | undefined, options: { output: string }) => {
      const { doctor } = await import('./doctor.ts');
      done(await doctor(target, { ...program.opts(), ...options }, ports));
    });
}

function addConfig(program: Command, ports: Ports, done: Done): void {
  const config = program.command('config').summary('the configuration and where it comes from');
  config
    .command('explain')
    .description('Shows every value that counts for a target and where it came from.')
    .argument('[target]', 'a target; the PG* environment where absent')
    .addOption(
      new Option('-o, --output <format>', 'format').choices(['table', 'json']).default('table'),
    )
    .addHelpText('after', '\nExample:\n  pgrunbook config explain prod')
    .action(async (target: string | undefined, options: { output: string }) => {
      const { explainConfig } = await import('./config.ts');
      done(await explainConfig(target, { ...program.opts(), ...options }, ports));
    });
  config
    .command('validate')
    .description('Reads pgrunbook.yaml and names every problem with its line and column.')
    .action(async () => {
      const { validateConfig } = await import('./config.ts');
      done(await validateConfig(program.opts(), ports));
    });
  config
    .command('keys')
    .description('Lists every key of pgrunbook.yaml with its meaning.')
    .argument('[part]', 'only keys that hold this text')
    .addHelpText('after', '\nExample:\n  pgrunbook config keys baselines')
    .action(async (part: string | undefined) => {
      const { listKeys } = await import('./config-keys.ts');
      done(listKeys(part, ports));
    });
  config
    .command('schema')
    .description('Prints the JSON Schema of pgrunbook.yaml, for editors.')
    .action(async () => {
      const { printSchema } = await import('./config.ts');
      done(await printSchema(ports));
    });
}

function addDemo(program: Command, ports: Ports, done: Done): void {
  program
    .command('demo')
    .summary('five example estates with faults, on embedded servers')
    .description('Starts real servers, loads five estates, switches faults on and inspects them.')
    .option('--once', 'exit after the report instead of keeping the servers for you to try')
    .option('--all', 'show every finding and every reason')
    .addOption(
      new Option('-o, --output <format>', 'format')
        .choices(['table', 'json', 'markdown'])
        .default('table'),
    )
    .addHelpText('after', '\nExample:\n  pgrunbook demo --once')
    .action(async (options: { once?: boolean; all?: boolean; output: DemoOutput }) => {
      const { demo } = await import('./demo.ts');
      done(await demo(options, ports));
    });
}

function addCompletion(program: Command, ports: Ports): void {
  program
    .command('completion')
    .description('Prints a completion script for your shell.')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      `
Examples:
  pgrunbook completion bash > ~/.local/share/bash-completion/completions/pgrunbook
  pgrunbook completion zsh > "\${fpath[1]}/_pgrunbook"
  pgrunbook completion fish > ~/.config/fish/completions/pgrunbook.fish`,
    )
    .action(async (shell: string) => {
      const { completionScript } = await import('./completion.ts');
      const script = completionScript(shell, program);
      if (script === undefined) {
        throw new RunbookError('usage/arguments', {
          what: `no completion for ${shell}`,
          remedy: 'bash, zsh and fish have one.',
        });
      }
      ports.terminal.out(script);
    });
}
