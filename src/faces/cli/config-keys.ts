// `pgrunbook config keys`: what may stand in pgrunbook.yaml, from the schema that validates it.
import { configKeys } from '../../engine/config-keys.ts';
import { RunbookError } from '../../kernel/errors.ts';
import type { Ports } from './ports.ts';
import { wrap } from './render/table.ts';

/** @throws usage/arguments where no key holds the text. */
export function listKeys(part: string | undefined, { terminal }: Ports): number {
  const keys = configKeys().filter(({ key }) => part === undefined || key.includes(part));
  if (keys.length === 0) {
    throw new RunbookError('usage/arguments', {
      what: 'no key of pgrunbook.yaml holds this text',
      remedy: 'pgrunbook config keys lists all.',
    });
  }
  for (const { key, kind, is_required, meaning } of keys) {
    terminal.out(`${key}  (${kind}${is_required ? ', required' : ''})\n`);
    const lines = meaning === '' ? [] : wrap(meaning, Math.max(20, terminal.columns - 6));
    terminal.out(lines.map((line) => `      ${line}\n`).join(''));
  }
  return 0;
}
