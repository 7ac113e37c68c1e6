// The progress line of an inspection: on a terminal only, on standard error, gone when done.
import { visible } from '../../kernel/visible.ts';
import type { Terminal } from './ports.ts';

export interface Progress {
  show(target: string, done: number, total: number): void;
  clear(): void;
}

const eraseLine = '\r\u001b[2K';

export function progressLine(terminal: Terminal, targets: number): Progress {
  if (!terminal.err_is_terminal) return { show: () => undefined, clear: () => undefined };
  const counts = new Map<string, readonly [number, number]>();
  return {
    show(target, done, total) {
      counts.set(target, [done, total]);
      const sums = [...counts.values()].reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
      const who = targets === 1 ? visible(target) : `${counts.size} of ${targets} targets`;
      const line = `${who}: ${sums[0]} of ${sums[1]} probes`;
      terminal.err(`${eraseLine}${line.slice(0, terminal.columns - 1)}`);
    },
    clear() {
      terminal.err(eraseLine);
    },
  };
}
