// Fault: a release forgot the pool limits; its instances keep every connection they ever opened.
import type { Fault } from '../../estate.ts';
import { openSessions } from '../../fault-steps.ts';

const id = 'connections-exhausted';
const instances = 3;
const sessions_per_instance = 30;

export const connectionsExhausted: Fault = {
  id,
  title: 'Instances without a pool limit hold 90 of 100 connections',
  found_by: ['connection-usage', 'pool-utilisation'],
  async on(stage) {
    for (let instance = 1; instance <= instances; instance += 1) {
      await openSessions(stage, id, {
        role: 'insightengine_app',
        application_name: `insightengine-api-${instance}`,
        count: sessions_per_instance,
        statements: ['select id, plan from public.workspaces where id = 1'],
      });
    }
  },
  off: (stage) => stage.release(id),
};
