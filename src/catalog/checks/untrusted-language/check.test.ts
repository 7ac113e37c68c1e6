// An untrusted language is told, and is a fault where everybody may call its functions.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('untrusted-language', {}, async ({ admin, isOk, finds, skips }) => {
  // plpgsql is trusted.
  await isOk();
  await admin.query('create language plwild handler plpgsql_call_handler');
  const [found] = await finds(['plwild']);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /has 0 functions$/);

  await admin.query(
    `create function danger() returns int language plwild as 'begin return 1; end'`,
  );
  const [open] = await finds(['plwild']);
  assert.equal(open?.severity, 'warning');
  assert.match(
    open.summary,
    /has 1 function, of which every role may call 1, such as public\.danger/,
  );
  await admin.query('revoke execute on function danger() from public');
  assert.equal((await finds(['plwild']))[0]?.severity, 'info');

  await admin.query('drop language plwild cascade');
  await isOk();
  await admin.query('drop extension plpgsql');
  await skips('nothing-to-examine');
});
