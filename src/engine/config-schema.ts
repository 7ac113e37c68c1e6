// The schema of pgrunbook.yaml: validation, messages, reference page and editor schema in one.
import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

const Duration = Type.String({
  pattern: '^\\s*\\d+(\\.\\d+)?\\s*(ms|s|m|min|h|d|w)\\s*$',
  description: 'A length of time: 250ms, 30s, 5m, 1h, 7d.',
});

const Size = Type.String({
  pattern: '^\\s*\\d+(\\.\\d+)?\\s*([kKmMgGtT]?[bB])\\s*$',
  description: 'A number of bytes: 512kB, 100MB, 4GB, with powers of 1024.',
});

const TableName = Type.String({ pattern: '^[^.]+\\..+$', description: 'schema.table' });

const Count = Type.Integer({ minimum: 0 });

const Pool = Type.Object(
  {
    application: Type.String({ description: 'application_name; * stands for any text.' }),
    size: Type.Integer({ minimum: 0, description: 'Connections that one pool keeps.' }),
    overflow: Type.Optional(
      Type.Integer({ minimum: 0, default: 0, description: 'Connections it may add under load.' }),
    ),
    workers: Type.Optional(
      Type.Integer({ minimum: 1, default: 1, description: 'Processes with a pool of their own.' }),
    ),
    instances: Type.Optional(
      Type.Integer({ minimum: 1, default: 1, description: 'Pods or hosts of the application.' }),
    ),
  },
  { ...closed, description: 'Connections one application may open, all together.' },
);

const Heartbeat = Type.Object(
  { table: TableName, column: Type.String(), within: Duration },
  { ...closed, description: 'A table that must have received a row within a time.' },
);

const Outbox = Type.Object(
  {
    table: TableName,
    status_column: Type.String(),
    pending: Type.String({ description: 'The status of a row that waits.' }),
    created_column: Type.String(),
    oldest: Duration,
    most: Count,
  },
  { ...closed, description: 'A table of messages that wait to be sent.' },
);

const QueryBudget = Type.Object(
  {
    name: Type.String(),
    like: Type.String({ description: 'LIKE pattern of the normalised statement.' }),
    mean: Duration,
  },
  { ...closed, description: 'A statement and the mean time it may take.' },
);

const Baselines = Type.Object(
  {
    pools: Type.Optional(Type.Array(Pool)),
    key_tables: Type.Optional(Type.Array(TableName, { description: 'Tables that must exist.' })),
    heartbeats: Type.Optional(Type.Array(Heartbeat)),
    outboxes: Type.Optional(Type.Array(Outbox)),
    queries: Type.Optional(Type.Array(QueryBudget)),
    standbys: Type.Optional(
      Type.Array(Type.String(), { description: 'application_name of each expected standby.' }),
    ),
    tenant_column: Type.Optional(
      Type.String({ description: 'Column that names the tenant of a row.' }),
    ),
    application_roles: Type.Optional(
      Type.Array(Type.String(), { description: 'Roles that applications log in as.' }),
    ),
    transactions_per_second: Type.Optional(Type.Number({ minimum: 0 })),
    memory: Type.Optional(Size),
    disk: Type.Optional(Size),
    recovery_point: Type.Optional(Duration),
    managed_backup: Type.Optional(
      Type.Boolean({ description: 'A provider archives WAL outside the server’s own settings.' }),
    ),
  },
  { ...closed, description: 'What the owner knows and the catalogue does not.' },
);

// Their values depend on the check, so the catalogue validates them, not this schema.
const Thresholds = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
  description: 'Thresholds by check: see the reference page of the checks.',
});

const Secret = Type.String({
  pattern: '^(passfile|env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$',
  description: 'Where a secret is kept: passfile, env:NAME or file:PATH. Never the secret.',
});

const Target = Type.Object(
  {
    connection: Type.String({
      minLength: 1,
      description: 'Connection URI, keyword=value pairs or service=NAME, without a password.',
    }),
    password: Type.Optional(Secret),
    pgbouncer: Type.Optional(
      Type.String({
        description:
          'Connection to the console of a PgBouncer in front of it; its password is in a passfile.',
      }),
    ),
    exporter: Type.Optional(
      Type.String({
        pattern: '^https?://[^@]+$',
        description: 'Metrics page of its Prometheus exporter: http://host:9187/metrics.',
      }),
    ),
    environment: Type.Optional(
      Type.String({ description: 'production, staging, …: what policy rules match.' }),
    ),
    thresholds: Type.Optional(Thresholds),
    skip: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Checks or groups not to run here, as `--skip` takes them.',
      }),
    ),
    baselines: Type.Optional(Baselines),
  },
  closed,
);

// A value of a cron field, a range, or all, each with a step, and lists of them.
function cronField(value: string): string {
  const item = `(\\*|(${value})(-(${value}))?)(/[1-9]\\d?)?`;
  return `${item}(,${item})*`;
}

const cronFields = [
  '[0-5]?\\d',
  '[01]?\\d|2[0-3]',
  '0?[1-9]|[12]\\d|3[01]',
  '0?[1-9]|1[0-2]|[A-Za-z]{3}',
  '[0-7]|[A-Za-z]{3}',
].map(cronField);

const Schedule = Type.Object(
  {
    name: Type.String(),
    cron: Type.String({
      pattern: `^\\s*${cronFields.join('\\s+')}\\s*$`,
      description: 'Five fields of cron (minute, hour, day, month, weekday), in UTC.',
    }),
    run: Type.String({ description: 'A runbook, or check.' }),
    targets: Type.Array(Type.String(), { description: 'Names under `targets`.' }),
  },
  { ...closed, description: 'Something to run at given times.' },
);

const Matcher = Type.Object(
  {
    runbook: Type.Optional(Type.String()),
    action: Type.Optional(Type.String()),
    environment: Type.Optional(Type.String()),
    risk: Type.Optional(Type.String()),
  },
  closed,
);

const PolicyRule = Type.Object(
  {
    name: Type.String(),
    match: Matcher,
    decide: Type.Union([
      Type.Literal('auto'),
      Type.Literal('approve'),
      Type.Literal('approve-two'),
      Type.Literal('forbid'),
    ]),
  },
  { ...closed, description: 'What is decided about whatever it matches.' },
);

export const ConfigSchema = Type.Object(
  {
    targets: Type.Optional(
      Type.Record(Type.String(), Target, { description: 'Databases that are looked after.' }),
    ),
    thresholds: Type.Optional(Thresholds),
    schedules: Type.Optional(
      Type.Array(Schedule, {
        description:
          'What to run and when. Read and validated now, used by the worker once it exists; ' +
          'not used by `check`.',
      }),
    ),
    policy: Type.Optional(
      Type.Array(PolicyRule, {
        description:
          'Who must approve what; forbid wins. Read and validated now, used by plans once they ' +
          'exist; not used by `check`.',
      }),
    ),
  },
  { ...closed, title: 'pgrunbook.yaml' },
);

export type WrittenConfig = Static<typeof ConfigSchema>;
export type WrittenTarget = Static<typeof Target>;
export type WrittenBaselines = Static<typeof Baselines>;
