// Fault: a relay claimed events and hangs; they stay pending, locked, and older by the minute.
import type { Fault } from '../../estate.ts';

const id = 'outbox-backlog';
const event_type = 'memory.reindexed';

export const outboxBacklog: Fault = {
  id,
  title: 'Five thousand events wait in the outbox, the oldest for two hours',
  found_by: ['outbox-backlog'],
  async on(stage) {
    await stage.admin.query(
      `insert into public.outbox_events (tenant_id, event_type, payload, created_at)
       select 'tenant-01', $1, jsonb_build_object('part', n),
              now() - interval '2 hours' + n * interval '1 second'
         from generate_series(1, 5000) as n`,
      [event_type],
    );
    const relay = await stage.hold(id, {
      role: 'somabrain_app',
      application_name: 'somabrain-relay',
    });
    await relay.query('set idle_in_transaction_session_timeout = 0');
    await relay.query('begin');
    await relay.query(`select set_config('app.current_tenant', 'tenant-01', true)`);
    await relay.query(
      `select id from public.outbox_events where event_type = $1 and status = 'pending' for update`,
      [event_type],
    );
  },
  async off(stage) {
    await stage.release(id);
    await stage.admin.query('delete from public.outbox_events where event_type = $1', [event_type]);
  },
};
