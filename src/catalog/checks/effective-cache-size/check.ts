// The planner is told of a cache smaller than the server's own, or larger than the host.
import { defineCheck } from '../../../kernel/check.ts';
import { formatSize } from '../../../kernel/units.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'effective-cache-size',
  group: 'settings',
  title: 'Cache size the planner believes in',
  why:
    'The setting tells the planner how likely a page is in memory. Where it is far too low, ' +
    'sequential scans are preferred where an index would do.',
  remedy:
    'Set it to shared_buffers plus the file cache of the operating system: half to three ' +
    'quarters of the memory. It allocates nothing, and a reload suffices.',
  nothing: 'effective_cache_size could not be read: our own role or database overrides it',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, effective_cache_size', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }, { baselines: { memory_bytes } }) {
    const settings = readSettings(rows);
    const cache_bytes = settings.size_bytes('effective_cache_size');
    const shared_bytes = settings.size_bytes('shared_buffers');
    if (cache_bytes === undefined || shared_bytes === undefined) {
      return { examined: 0, findings: [] };
    }
    const size = formatSize(cache_bytes);
    const fault =
      cache_bytes < shared_bytes
        ? `less than shared_buffers (${formatSize(shared_bytes)})`
        : memory_bytes !== null && cache_bytes > memory_bytes
          ? `more than the host has (${formatSize(memory_bytes)})`
          : undefined;
    if (fault === undefined) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'effective_cache_size',
          severity: 'info',
          summary: `effective_cache_size is ${size}, ${fault}`,
          evidence: { cache_bytes, shared_buffers_bytes: shared_bytes, memory_bytes },
        },
      ],
    };
  },
});
