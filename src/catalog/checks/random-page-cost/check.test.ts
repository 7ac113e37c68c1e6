// A high cost is found only where measured reads are fast.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'random-page-cost';
const few = { least_blocks: 100 };

checkTest(
  id,
  { settings: { shared_buffers: '128kB' } },
  async ({ major, admin, isOk, finds, skips, sample }) => {
    await admin.query(
      'create table orders as select repeat(md5(n::text), 10) from generate_series(1, 5000) n',
    );
    const readTable = async () => {
      const counter = `select blks_read::int as n from pg_stat_database where datname = 'app'`;
      const before = Number((await admin.query(counter)).rows[0].n);
      await admin.query('select count(*) from orders');
      if (major >= 15) await admin.query('select pg_stat_force_next_flush()');
      await until('the reads are counted', async () => {
        const { rows } = await admin.query(counter);
        return Number(rows[0].n) >= before + 200;
      });
    };
    await skips('needs-history');
    const start = await sample();
    await skips('cannot-tell', { previous: start });

    await alterSystem(admin, { track_io_timing: 'on' });
    await readTable();
    await skips('cannot-tell', { previous: start });
    const timed = await sample();
    await readTable();
    const [found] = await finds(['random_page_cost'], { previous: timed, thresholds: few });
    assert.equal(found?.severity, 'info');
    assert.match(found.summary, /^random_page_cost is 4, yet a read took 0\.\d+ ms on average/);
    // Too few blocks to tell, and slow storage.
    await skips('nothing-to-examine', {
      previous: timed,
      thresholds: { least_blocks: 1_000_000 },
    });
    await isOk({ previous: timed, thresholds: { ...few, fast_read_ms: 0 } });

    await alterSystem(admin, { random_page_cost: '1.1' });
    await isOk({ previous: timed, thresholds: few });
  },
);
