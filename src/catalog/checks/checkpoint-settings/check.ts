// Checkpoint settings that make writes come in bursts, or hide that they do.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'checkpoint-settings',
  group: 'wal',
  title: 'Checkpoint settings',
  why:
    'A checkpoint writes every changed page. Spread over most of its interval it is not noticed; ' +
    'squeezed together or too frequent it stalls the statements that run meanwhile.',
  remedy:
    'Leave checkpoint_completion_target at 0.9 and checkpoint_timeout between 5 and 30 minutes; ' +
    'keep checkpoint_warning on, so that the log tells when WAL forces checkpoints.',
  nothing: 'no checkpoint setting could be read',
  probe: 'settings',
  thresholds: {
    least_target: amount(
      0.7,
      'checkpoint_completion_target below this',
      'postgresqltuner: 0.7 and less; default since 14: 0.9',
    ),
    least_timeout: duration('2min', 'checkpoint_timeout below this', 'the default is 5 min'),
    most_timeout: duration(
      '1h',
      'checkpoint_timeout above this makes recovery after a crash long',
      'a crash replays up to one interval of WAL',
    ),
  },
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, WAL Configuration', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }, { thresholds }) {
    const settings = readSettings(rows);
    const target = settings.number('checkpoint_completion_target');
    const timeout_ms = settings.duration_ms('checkpoint_timeout');
    const warning_ms = settings.duration_ms('checkpoint_warning');
    if (target === undefined || timeout_ms === undefined || warning_ms === undefined) {
      return { examined: 0, findings: [] };
    }
    const findings: FindingDraft[] = [];
    if (target < thresholds.least_target) {
      findings.push({
        object: 'checkpoint_completion_target',
        severity: 'warning',
        summary: `checkpoint_completion_target is ${target}: each checkpoint writes in a burst`,
        evidence: { target, checkpoint_timeout_ms: timeout_ms },
      });
    }
    if (timeout_ms < thresholds.least_timeout || timeout_ms > thresholds.most_timeout) {
      const effect =
        timeout_ms > thresholds.most_timeout
          ? 'recovery after a crash replays up to that much WAL'
          : 'most page changes are written to WAL as whole pages';
      findings.push({
        object: 'checkpoint_timeout',
        severity: 'info',
        summary: `checkpoint_timeout is ${formatDuration(timeout_ms)}: ${effect}`,
        evidence: { checkpoint_timeout_ms: timeout_ms },
      });
    }
    if (warning_ms === 0) {
      findings.push({
        object: 'checkpoint_warning',
        severity: 'info',
        summary: 'checkpoint_warning is 0: the log does not tell when WAL forces checkpoints',
        evidence: { checkpoint_warning_ms: 0 },
      });
    }
    return { examined: 3, findings };
  },
});
