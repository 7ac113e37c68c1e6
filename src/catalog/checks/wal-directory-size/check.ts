// pg_wal is larger than the settings ask for: something keeps segments, or writes outrun it.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, number, type RawRow, textOrNull } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize } from '../../../kernel/units.ts';

interface Directory {
  readonly files: number;
  readonly size_bytes: number;
  /** max_wal_size. */
  readonly most_bytes: number;
  /** wal_keep_size. */
  readonly kept_bytes: number;
  /** WAL since the oldest restart_lsn of any slot. */
  readonly slot_bytes: number;
  readonly slot_name: string | null;
  readonly is_archiving_failing: boolean;
}

export default defineCheck({
  id: 'wal-directory-size',
  group: 'wal',
  title: 'Size of pg_wal',
  why: 'With the disk of pg_wal full the server stops, and does not start before there is room.',
  remedy:
    'Find what keeps the segments: a slot nobody reads (slot-retained-wal), archiving that ' +
    'fails (wal-archive-failing), wal_keep_size, or a load that writes faster than ' +
    'checkpoints end. Cure that; the next checkpoints remove the files. Never remove them by hand.',
  nothing: 'pg_wal could not be read',
  needs: { functions: ['pg_catalog.pg_ls_waldir()'] },
  thresholds: {
    warning_ratio: amount(2, 'Times max_wal_size (plus wal_keep_size)', 'field practice: twice'),
    critical_ratio: amount(10, 'Times max_wal_size that is critical', 'five times the warning'),
    critical_disk: percent(
      50,
      'Share of the declared disk (baselines) that is critical',
      'half of a disk leaves less than the time in which the first half filled',
    ),
  },
  sources: ['PostgreSQL manual, pg_ls_waldir; WAL Configuration', 'DataDog/documentation#39602'],
  parse: (row: RawRow): Directory => ({
    files: number(row, 'files'),
    size_bytes: number(row, 'size_bytes'),
    most_bytes: number(row, 'most_bytes'),
    kept_bytes: number(row, 'kept_bytes'),
    slot_bytes: number(row, 'slot_bytes'),
    slot_name: textOrNull(row, 'slot_name'),
    is_archiving_failing: boolean(row, 'is_archiving_failing'),
  }),
  judge({ rows: [directory] }, { thresholds, baselines: { disk_bytes } }) {
    if (directory === undefined) return { examined: 0, findings: [] };
    const { files, size_bytes, most_bytes, kept_bytes } = directory;
    const ratio = size_bytes / (most_bytes + kept_bytes);
    const disk_percent = disk_bytes === null ? null : (100 * size_bytes) / disk_bytes;
    const fillsDisk = disk_percent !== null && disk_percent >= thresholds.critical_disk;
    if (ratio < thresholds.warning_ratio && !fillsDisk) return { examined: files, findings: [] };
    const isCritical = fillsDisk || ratio >= thresholds.critical_ratio;
    const ofDisk = disk_percent === null ? '' : ` and ${formatPercent(disk_percent)} of the disk`;
    return {
      examined: files,
      findings: [
        {
          object: 'pg_wal',
          severity: isCritical ? 'critical' : 'warning',
          summary:
            `pg_wal has ${formatSize(size_bytes)}, ${ratio.toFixed(1)} times ` +
            `what the settings ask for${ofDisk}; ${cause(directory)}`,
          evidence: {
            files,
            size_bytes,
            max_wal_size_bytes: most_bytes,
            wal_keep_size_bytes: kept_bytes,
            disk_percent: disk_percent === null ? null : Math.round(disk_percent),
            slot: directory.slot_name,
            slot_size_bytes: directory.slot_bytes,
            is_archiving_failing: directory.is_archiving_failing,
          },
        },
      ],
    };
  },
});

function cause({ is_archiving_failing, slot_name, slot_bytes, most_bytes }: Directory): string {
  if (is_archiving_failing) return 'archiving fails, so segments are kept';
  if (slot_name !== null && slot_bytes >= most_bytes) {
    return `slot ${slot_name} keeps ${formatSize(slot_bytes)}`;
  }
  return 'neither a slot nor the archiver keeps it: checkpoints do not keep up';
}
