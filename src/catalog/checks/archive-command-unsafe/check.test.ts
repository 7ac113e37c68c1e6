// Flaws of an archive_command are read from its text, and sound commands are left alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { type Flaw, flawOf } from './archive-command.ts';

const id = 'archive-command-unsafe';

checkTest(id, { settings: { archive_mode: 'on' } }, async ({ admin, isOk, finds, skips }) => {
  const archiveBy = (command: string) => alterSystem(admin, { archive_command: command });
  await skips('nothing-to-examine');
  await archiveBy('pgbackrest --stanza=main archive-push %p');
  await isOk();

  await archiveBy('AWS_SECRET_ACCESS_KEY=hunter2 cp %p /archive/%f');
  const [overwrites] = await finds(['archive_command']);
  assert.equal(overwrites?.severity, 'warning');
  assert.doesNotMatch(JSON.stringify(overwrites), /hunter2/);
  await archiveBy('test ! -f /archive/%f && cp %p /archive/%f; true');
  const [hides] = await finds(['archive_command']);
  assert.equal(hides?.severity, 'critical');

  await archiveBy('test ! -f /archive/%f && cp %p /archive/%f && sync /archive/%f');
  await isOk();
});

checkTest(id, { title: 'archiving is off' }, async ({ skips }) => {
  await skips('nothing-to-examine');
});

const commands: readonly (readonly [command: string, flaw: Flaw | undefined])[] = [
  ['/bin/true', 'discards'],
  ['true # for now', 'discards'],
  [':', 'discards'],
  ['exit 0', 'discards'],
  ['cd .', 'discards'],
  ['echo archiving %p', 'discards'],
  ['cp %p /a/%f || true', 'hides-failure'],
  ['cp %p /a/%f; exit 0', 'hides-failure'],
  ['cp %p /a/%f || echo failed', 'hides-failure'],
  ['mv %p /a/%f', 'moves'],
  ['/bin/mv -f "%p" /a/%f', 'moves'],
  ['/usr/local/bin/push', 'names-no-file'],
  ['date +%%f', 'names-no-file'],
  ['cp %p /a/%f', 'overwrites'],
  ['cp -p "%p" "/a/%f" && sync', 'overwrites'],
  ['gzip < %p > /a/%f.gz', 'overwrites'],
  ['scp %p backup:/a/%f', 'overwrites'],
  ['test ! -f /a/%f && cp %p /a/%f', 'is-not-flushed'],
  ['[ ! -e /a/%f ] && cp %p /a/%f', 'is-not-flushed'],
  ['cp -n %p /a/%f && sync /a/%f', undefined],
  ['test ! -f /a/%f && cp %p /a/.%f && sync /a/.%f && mv /a/.%f /a/%f', undefined],
  ['wal-g wal-push %p', undefined],
  ['envdir /etc/wal-g/env wal-g wal-push "%p"', undefined],
  ['barman-wal-archive backup main %p', undefined],
  ['/opt/archive.sh %p %f', undefined],
  ['rsync -a %p backup::wal/%f', undefined],
];

for (const [command, flaw] of commands) {
  test(`the command "${command}" ${flaw ?? 'is sound'}`, () => {
    assert.equal(flawOf(command), flaw);
  });
}
