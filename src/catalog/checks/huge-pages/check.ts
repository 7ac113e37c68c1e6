// Large shared buffers without huge pages.
import { defineCheck } from '../../../kernel/check.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatSize } from '../../../kernel/units.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'huge-pages',
  group: 'settings',
  title: 'Shared memory without huge pages',
  why:
    'With pages of 4 kB each connection needs its own page table of all shared buffers: ' +
    'gigabytes on a server with many connections, and slower access to every page.',
  remedy:
    'Reserve huge pages on the host (vm.nr_hugepages; postgres -C ' +
    'shared_memory_size_in_huge_pages tells how many, 15 and newer) and restart with ' +
    'huge_pages = on, so that a start without them fails instead of going unnoticed.',
  nothing: 'huge_pages could not be read',
  probe: 'settings',
  thresholds: {
    least_shared_buffers: size(
      '8GB',
      'From this size of shared_buffers on',
      '8 GB need 16 MB of page table in each connection',
    ),
  },
  procedures: ['settings-review'],
  sources: [
    'PostgreSQL manual, huge_pages; huge_pages_status; Linux Huge Pages',
    'postgresqltuner',
  ],
  parse: parseSetting,
  judge({ rows }, { thresholds }) {
    const settings = readSettings(rows);
    const shared_bytes = settings.size_bytes('shared_buffers');
    const wanted = settings.text('huge_pages');
    if (shared_bytes === undefined || wanted === undefined) return { examined: 0, findings: [] };
    if (shared_bytes < thresholds.least_shared_buffers) return { examined: 1, findings: [] };
    const status = settings.text('huge_pages_status') ?? statusBefore17(wanted);
    if (status === 'unknown') {
      return {
        skipped: 'huge_pages is try: before 17 the server does not tell whether it got them',
      };
    }
    if (status === 'on') return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'huge_pages',
          severity: 'info',
          summary:
            `shared_buffers of ${formatSize(shared_bytes)} ` + `are not in huge pages (${wanted})`,
          evidence: { shared_buffers_bytes: shared_bytes, huge_pages: wanted, status },
        },
      ],
    };
  },
});

// With on the server would not have started without them.
function statusBefore17(wanted: string): string {
  return wanted === 'try' ? 'unknown' : wanted;
}
