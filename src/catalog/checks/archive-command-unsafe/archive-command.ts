// What is wrong with the text of an archive_command, as far as its text can tell.

export type Flaw =
  | 'discards'
  | 'hides-failure'
  | 'moves'
  | 'names-no-file'
  | 'overwrites'
  | 'is-not-flushed';

const trivial = String.raw`(?:(?:/usr)?/?(?:bin/)?true|:|exit\s+0|echo\b.*|cd\s+\.)`;
const discards = new RegExp(String.raw`^\s*${trivial}\s*(?:#.*)?$`);
// The shell's status is that of its last command.
const hidesFailure = new RegExp(String.raw`(?:\|\||;)\s*${trivial}\s*;?\s*(?:#.*)?$`);
const moves = /(?:^|[\s;&|(/])mv\s+(?:-\S+\s+)*["']?%p/;
const copies = /(?:^|[\s;&|(/])(?:cp|scp|dd|install)\s|>\s*["']?[^\s&|;]*%f/;
const guards = [
  /\btest\s+!\s+-[efs]/,
  /\[\s+!\s+-[efs]/,
  /\bcp\s+(?:-\S+\s+)*(?:-[a-zA-Z]*n|--no-clobber|--update=none)/,
  /\bset\s+-C|noclobber/,
];
const flushes = /\b(?:f|fdata)?sync\b|oflag=\S*sync/;

/** The worst flaw of a command, or undefined where its text shows none. */
export function flawOf(command: string): Flaw | undefined {
  if (discards.test(command)) return 'discards';
  if (hidesFailure.test(command)) return 'hides-failure';
  if (moves.test(command)) return 'moves';
  // %% is a percent sign, not the start of %f.
  if (!/%[pf]/.test(command.replaceAll('%%', ''))) return 'names-no-file';
  if (!copies.test(command)) return undefined;
  if (!guards.some((guard) => guard.test(command))) return 'overwrites';
  return flushes.test(command) ? undefined : 'is-not-flushed';
}
