// Fault: an import prepared its half of a two-phase commit, and its coordinator never came back.
import type { Fault } from '../../estate.ts';

const id = 'prepared-transaction';
const transaction = 'salesforce-import-42';

export const preparedTransaction: Fault = {
  id,
  title: 'A prepared transaction that nobody finishes, holding locks and old rows',
  found_by: ['prepared-transaction-age'],
  async on(stage) {
    const session = await stage.hold(id, {
      role: 'insightengine_app',
      application_name: 'insightengine-import',
    });
    await session.query('begin');
    await session.query(
      `update public.data_sources set kind = 'salesforce'
        where id = (select max(id) from public.data_sources)`,
    );
    await session.query(`prepare transaction '${transaction}'`);
    // It outlives the session that made it: no session shows up that could be ended.
    await stage.release(id);
  },
  async off(stage) {
    await stage.admin.query(`rollback prepared '${transaction}'`);
  },
};
