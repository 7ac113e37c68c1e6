// The options of `check` as the command line gives them, before they are parsed.

export const outputs = ['table', 'json', 'ndjson', 'markdown', 'sarif', 'junit', 'nagios'] as const;
export type Output = (typeof outputs)[number];

export interface CheckOptions {
  readonly config?: string;
  readonly target?: readonly string[];
  readonly output: Output;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn: 'info' | 'warning' | 'critical' | 'never';
  readonly all?: boolean;
  readonly fast?: boolean;
  readonly window?: string;
  readonly deadline: string;
  readonly jobs: string;
  readonly list?: boolean;
  readonly explain?: string;
}
