// Completion scripts, made from the commands themselves, so that neither can be forgotten.
import type { Command } from 'commander';

/** The script for bash, zsh or fish; undefined for another shell. */
export function completionScript(shell: string, program: Command): string | undefined {
  const commands = collect(program, []);
  if (shell === 'bash') return bash(commands);
  if (shell === 'zsh')
    return `#compdef pgrunbook\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
  return shell === 'fish' ? fish(commands) : undefined;
}

interface Words {
  /** The words that lead to the command: [], ["config"], ["config", "explain"]. */
  readonly path: readonly string[];
  readonly subcommands: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly Flag[];
}

interface Flag {
  readonly long: string;
  readonly short: string;
  readonly about: string;
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

function collect(command: Command, path: readonly string[]): readonly Words[] {
  const subcommands = command.commands.map((child) => ({
    name: child.name(),
    about: child.summary() || child.description(),
  }));
  const options = command.options.map((option) => ({
    long: option.long ?? '',
    short: option.short ?? '',
    about: option.description,
    choices: option.argChoices ?? [],
    takesValue: option.required || option.optional,
  }));
  const children = command.commands.flatMap((child) => collect(child, [...path, child.name()]));
  return [{ path, subcommands, options }, ...children];
}

function bash(commands: readonly Words[]): string {
  const cases = commands.map(({ path, subcommands, options }) => {
    const words = [...subcommands.map(({ name }) => name), ...options.map(({ long }) => long)];
    return `    '${path.join(' ')}') words='${[...words, '--help'].join(' ')}' ;;`;
  });
  const choices = commands.flatMap(({ path, options }) =>
    options
      .filter((option) => option.choices.length > 0)
      .map(({ long, short, choices: words }) => {
        const names = [long, short].filter((name) => name !== '');
        const patterns = names.map((name) => `'${[...path, name].join(' ')}'`);
        return `    ${patterns.join(' | ')}) words='${words.join(' ')}' ;;`;
      }),
  );
  const leading = commands.filter(({ path }) => path.length > 0);
  const valued = commands.flatMap(({ options }) => options.filter(({ takesValue }) => takesValue));
  const beforeValue = valued
    .flatMap(({ long, short }) => [long, short])
    .filter((one) => one !== '');
  return `# Completion of pgrunbook; made by: pgrunbook completion bash
_pgrunbook() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path='' word words='' is_value=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ -n "$is_value" ]; then
      # Readline makes a word of the equals sign in --config=FILE.
      if [ "$word" != '=' ]; then is_value=''; fi
      continue
    fi
    case "$word" in ${[...new Set(beforeValue)].join(' | ')}) is_value=yes; continue ;; esac
    case "\${path:+$path }$word" in
    ${leading.map(({ path }) => `'${path.join(' ')}'`).join(' | ')})
      path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  case "$path $previous" in
${choices.join('\n')}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _pgrunbook pgrunbook
`;
}

function fish(commands: readonly Words[]): string {
  const lines = commands.flatMap(({ path, subcommands, options }) => {
    const last = path.at(-1);
    const when =
      last === undefined ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${last}`;
    const start = `complete -c pgrunbook -n '${when}'`;
    return [
      ...subcommands.map(({ name, about }) => `${start} -f -a ${name} -d ${quote(about)}`),
      ...options.map(({ long, about, choices }) => {
        const words = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : '';
        return `${start} -l ${long.replace(/^--/, '')}${words} -d ${quote(about)}`;
      }),
    ];
  });
  return `# Completion of pgrunbook; made by: pgrunbook completion fish\n${lines.join('\n')}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
