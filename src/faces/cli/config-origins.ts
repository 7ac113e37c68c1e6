// What `config explain` says beyond the connection: each value of a target and where it came from.
import type { Config, TargetConfig } from '../../engine/config.ts';
import { thresholdsOf } from '../../engine/thresholds.ts';
import { noBaselines } from '../../kernel/baselines.ts';
import type { Catalog } from '../../kernel/catalog.ts';
import type { ThresholdSpec } from '../../kernel/thresholds.ts';
import { formatThreshold } from '../../kernel/thresholds.ts';
import { formatDuration, formatSize } from '../../kernel/units.ts';
import type { Origin } from './ports.ts';

/** The origin of a threshold that nothing in the file sets. */
export const byDefault = 'default';

/** What the target sets beside its connection; of a password only where it is kept. */
export function settingOrigins(target: TargetConfig | null): readonly Origin[] {
  if (target === null) return [];
  const { environment, password, pgbouncer, exporter, skip } = target;
  const settings = { environment, password, pgbouncer, exporter, skip: skip.join(', ') || null };
  return Object.entries(settings).flatMap(([name, value]) =>
    value === null ? [] : [{ name, value, origin: originOf(target) }],
  );
}

/** Every declared baseline under the key it has in the file; one of a list by its position. */
export function baselineOrigins(target: TargetConfig | null): readonly Origin[] {
  if (target === null) return [];
  const usual = new Map(Object.entries(noBaselines));
  return Object.entries(target.baselines).flatMap(([key, value]: [string, unknown]) => {
    if (JSON.stringify(value) === JSON.stringify(usual.get(key))) return [];
    const name = keyInFile(key);
    const isList = Array.isArray(value) && value.some((item) => typeof item === 'object');
    const parts = isList
      ? value.map((item, index) => ({ name: `${name}[${index}]`, value: formatFields(item) }))
      : [{ name, value: formatValue(key, value) }];
    return parts.map((part) => ({ ...part, origin: originOf(target) }));
  });
}

/** Every threshold of every check; `default` is the origin of those that the file does not set. */
export function thresholdOrigins(
  target: TargetConfig | null,
  config: Config,
  catalog: Catalog,
): readonly Origin[] {
  const own = target?.thresholds ?? config.thresholds;
  return catalog.checks.flatMap(({ check }) => {
    const values = thresholdsOf(check, own[check.id]);
    return Object.entries(check.thresholds).map(([name, spec]) => {
      const written = own[check.id]?.[name];
      const value = formatThreshold(spec, asValue(values[name], spec));
      const named = { name: `${check.id}.${name}`, value };
      if (written === undefined) return { ...named, origin: byDefault };
      const inherited = JSON.stringify(config.thresholds[check.id]?.[name]);
      const isGlobal = target === null || inherited === JSON.stringify(written);
      const origin = isGlobal ? 'thresholds:' : originOf(target);
      const usual = formatThreshold(spec, spec.default);
      return { ...named, origin: `${origin}, default ${usual}` };
    });
  });
}

function originOf(target: TargetConfig): string {
  return `targets: ${target.name}`;
}

// The file has no units in its keys, and says managed_backup for has_managed_backup.
function keyInFile(key: string): string {
  return key.replace(/_(ms|bytes)$/, '').replace(/^has_/, '');
}

function formatFields(item: object): string {
  return Object.entries(item)
    .map(([key, value]) => `${keyInFile(key)} ${formatValue(key, value)}`)
    .join(', ');
}

function formatValue(key: string, value: unknown): string {
  if (key.endsWith('_ms')) return formatDuration(Number(value));
  if (key.endsWith('_bytes')) return formatSize(Number(value));
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function asValue(value: unknown, spec: ThresholdSpec): ThresholdSpec['default'] {
  const isValue = ['number', 'boolean'].includes(typeof value) || Array.isArray(value);
  return isValue ? (value as ThresholdSpec['default']) : spec.default; // parsed by the same spec
}
