// No password gets into pgrunbook.yaml, however it is written into a connection string.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsPassword } from '../../src/engine/config-secrets.ts';

for (const connection of [
  'postgresql://u:secret@h/d',
  'POSTGRES://u:secret@h/d',
  'postgresql://h/d?password=secret',
  'postgresql://h/d?sslpassword=secret',
  'postgresql://h/d?application_name=a&pass%77ord=secret',
  'postgresql://h/d?PASSWORD=secret',
  'postgresql://u:secret/2@h/d',
  'postgresql://u:secret?@h/d',
  'postgresql://u:secret@@h/d',
  'postgresql://:secret@h/d',
  'postgresql://u@server:secret@h/d',
  'host=h password=secret',
  'host=h sslpassword = secret',
  'host=h PassWord\t=secret',
  "host=h password='a secret'",
  'dbname=postgresql://u:secret@h/d',
  'host=h oauth_client_secret=secret',
]) {
  test(`a password is seen in ${connection}`, () => {
    assert.ok(holdsPassword(connection));
  });
}

for (const connection of [
  '',
  'service=prod',
  'postgresql://',
  'postgresql://u@h:5432/d?application_name=a%40b',
  'postgresql://h:5432/d?passfile=/x',
  'postgresql://h1:5432,h2:5433/d',
  'postgresql://[::1]:5432/d?sslmode=require',
  'postgresql://h/d?application_name=%zz',
  'host=h user=u dbname=password',
  'host=h passfile=/home/u/.pgpass',
]) {
  test(`no password is seen in ${connection || 'an empty text'}`, () => {
    assert.ok(!holdsPassword(connection));
  });
}
