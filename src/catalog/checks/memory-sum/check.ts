// What the settings allow all processes together, against the memory of the host.
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize } from '../../../kernel/units.ts';
import { parseSetting, readSettings, type Settings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'memory-sum',
  group: 'settings',
  title: 'Memory that the settings allow',
  why:
    'When all connections use what they may, the host runs out of memory and the kernel kills a ' +
    'server process: PostgreSQL then ends every session and recovers.',
  remedy:
    'Lower max_connections behind a pooler first: it multiplies work_mem. Then work_mem for the ' +
    'server, with more for the roles that need it. Raising work_mem is never the cure for a host ' +
    'that is out of memory.',
  nothing: 'the memory settings could not be read',
  probe: 'settings',
  thresholds: {
    info_share: percent(80, 'Share of memory worth knowing', 'postgresqltuner: 80 %'),
    warning_share: percent(100, 'Share of memory that is a warning', 'postgresqltuner: 100 %'),
  },
  procedures: ['settings-review'],
  unconfigured: ({ memory_bytes }) =>
    memory_bytes === null ? 'the memory of the host is not declared (baselines)' : undefined,
  sources: ['PostgreSQL manual, Resource Consumption', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }, { thresholds, baselines: { memory_bytes } }) {
    const sum = memorySum(readSettings(rows));
    if (memory_bytes === null || sum === undefined) {
      return { skipped: 'an override for our own role or database hides a memory setting' };
    }
    const share = (100 * sum.total_bytes) / memory_bytes;
    if (share < thresholds.info_share) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'memory',
          severity: share >= thresholds.warning_share ? 'warning' : 'info',
          summary:
            `the settings allow ${formatSize(sum.total_bytes)}, ` +
            `${formatPercent(share)} of ${formatSize(memory_bytes)}: ` +
            `${sum.connections} connections with ${formatSize(sum.connection_bytes)} each`,
          evidence: { ...sum, memory_bytes, used_percent: Math.round(share) },
        },
      ],
    };
  },
});

// One sort or hash a connection is the usual rule: a statement may use several, most use none.
function memorySum(settings: Settings) {
  const shared_bytes = settings.size_bytes('shared_buffers');
  const work_bytes = settings.size_bytes('work_mem');
  const hash_multiplier = settings.number('hash_mem_multiplier');
  const connections = settings.number('max_connections');
  const workers = settings.number('autovacuum_max_workers');
  const maintenance_bytes = settings.size_bytes('maintenance_work_mem');
  const autovacuum_bytes = settings.size_bytes('autovacuum_work_mem');
  if (
    shared_bytes === undefined ||
    work_bytes === undefined ||
    hash_multiplier === undefined ||
    connections === undefined ||
    workers === undefined ||
    maintenance_bytes === undefined ||
    autovacuum_bytes === undefined
  ) {
    return undefined;
  }
  const connection_bytes = work_bytes * Math.max(1, hash_multiplier);
  // -1 means: as much as maintenance_work_mem.
  const worker_bytes = autovacuum_bytes < 0 ? maintenance_bytes : autovacuum_bytes;
  return {
    shared_buffers_bytes: shared_bytes,
    connections,
    connection_bytes,
    autovacuum_workers: workers,
    autovacuum_worker_bytes: worker_bytes,
    total_bytes: shared_bytes + connections * connection_bytes + workers * worker_bytes,
  };
}
