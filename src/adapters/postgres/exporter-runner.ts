// Reads the metrics page of a Prometheus exporter: that it does not answer is an answer, too.
import type { ProbeResult } from '../../kernel/model.ts';
import type { RawRow } from '../../kernel/row.ts';
import type { Clock, ProbeRunner } from '../../kernel/session.ts';

// A page of an exporter with thousands of series has some megabytes.
const pageLimit_bytes = 16_000_000;

/** A runner that knows one statement, `get metrics`, and answers it with one row. */
export function exporterRunner(address: string, clock: Clock): ProbeRunner {
  const { host } = new URL(address);
  return {
    async run({ timeout_ms }): Promise<ProbeResult> {
      const started_ms = clock.now_ms();
      const page = await readPage(address, timeout_ms);
      const row: RawRow = { exporter: host, ...page };
      const duration_ms = clock.now_ms() - started_ms;
      return { status: 'ok', rows: [row], truncated: false, duration_ms };
    },
  };
}

async function readPage(address: string, timeout_ms: number): Promise<RawRow> {
  const silent = { http_status: null, up: null, scrape_error: null, samples: 0 };
  try {
    const signal = AbortSignal.timeout(timeout_ms);
    const response = await fetch(address, { signal, redirect: 'error' });
    const text = (await response.text()).slice(0, pageLimit_bytes);
    return {
      http_status: response.status,
      failure: null,
      up: sampleOf(text, 'pg_up'),
      scrape_error: sampleOf(text, 'pg_exporter_last_scrape_error'),
      samples: text.split('\n').filter((line) => /^[a-z]/i.test(line)).length,
    };
  } catch (thrown) {
    return { ...silent, failure: reasonOf(thrown) };
  }
}

function sampleOf(text: string, metric: string): number | null {
  const match = new RegExp(`^${metric}(?:\\{[^}]*\\})? ([0-9.e+-]+)`, 'm').exec(text);
  return match?.[1] === undefined ? null : Number(match[1]);
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return thrown.name === 'TimeoutError' ? 'no answer in time' : thrown.message.slice(0, 100);
}
