// shared_buffers far below or above the usual share of memory.
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize } from '../../../kernel/units.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'shared-buffers',
  group: 'settings',
  title: 'Size of shared_buffers',
  why:
    'Too little makes the server fetch the same pages again and again from the operating system; ' +
    'too much takes memory from its file cache and from sorting, and pages are cached twice.',
  remedy:
    'A quarter of the memory is the usual start. It needs a restart. Judge the result by the ' +
    'cache hit ratio and the read times of your own load, not by a rule.',
  nothing: 'shared_buffers could not be read',
  probe: 'settings',
  thresholds: {
    least_share: percent(15, 'Less of the memory', 'postgresqltuner; the manual: 25 %'),
    most_share: percent(40, 'More of the memory', 'PostgreSQL manual: more than 40 % rarely helps'),
  },
  procedures: ['settings-review'],
  unconfigured: ({ memory_bytes }) =>
    memory_bytes === null ? 'the memory of the host is not declared (baselines)' : undefined,
  sources: ['PostgreSQL manual, shared_buffers', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }, { thresholds, baselines: { memory_bytes } }) {
    const size_bytes = readSettings(rows).size_bytes('shared_buffers');
    if (size_bytes === undefined || memory_bytes === null) return { examined: 0, findings: [] };
    const share = (100 * size_bytes) / memory_bytes;
    const isMuch = share > thresholds.most_share;
    if (share >= thresholds.least_share && !isMuch) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'shared_buffers',
          severity: isMuch ? 'warning' : 'info',
          summary:
            `shared_buffers is ${formatSize(size_bytes)}, ` +
            `${formatPercent(share)} of ${formatSize(memory_bytes)} of memory`,
          evidence: { size_bytes, memory_bytes, used_percent: Math.round(share * 10) / 10 },
        },
      ],
    };
  },
});
