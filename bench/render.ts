// Outcomes as text for a terminal: figures to the right, names to the left.
import { cpus, loadavg, totalmem } from 'node:os';
import type { Claim, Limit, Outcome, Table } from './claim.ts';
import { readable } from './statistics.ts';

/** What it was measured on; the load average tells whether the machine was at rest. */
export function renderMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const load = loadavg().map((value) => value.toFixed(2));
  const node = `Node ${process.version}, ${process.platform} ${process.arch}`;
  return [
    `${node}, ${cpus().length} cores (${model}), ${readable(totalmem() / 1024 ** 3)} GB of memory`,
    `Load average ${load.join(', ')} at ${new Date().toISOString()}`,
    '',
  ].join('\n');
}

export function renderOutcome(claim: Claim, outcome: Outcome): string {
  return [
    `${claim.id}: ${claim.title}`,
    ...outcome.limits.map(renderLimit),
    ...outcome.tables.flatMap((table) => ['', renderTable(table)]),
    ...(outcome.notes.length > 0 ? ['', ...outcome.notes.map((text) => `  ${text}`)] : []),
    '',
  ].join('\n');
}

/** Whether the measured figure breaks the limit, and not just the noise of the machine. */
export function isBroken({ measured, below, noise = 0 }: Limit): boolean {
  return measured >= below && noise < below;
}

function renderLimit(limit: Limit): string {
  const { what, measured, below, unit, noise = 0 } = limit;
  const verdict = noise >= below ? 'unclear' : isBroken(limit) ? 'BROKEN ' : 'holds  ';
  return `  ${verdict}  ${what}: ${readable(measured)} ${unit} (limit ${below} ${unit})`;
}

function renderTable({ title, columns, rows }: Table): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? readable(cell) : cell)),
  );
  const isFigure = columns.map((_, index) => rows.every((row) => typeof row[index] === 'number'));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return isFigure[index] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [title, ...[columns, ...cells].map((row) => `  ${line(row)}`)].join('\n');
}
