// A role that may read all tables but not the next one is found, for the role that makes them.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'default-privileges-missing';
const declared = { baselines: { application_roles: ['app'] } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create role owner;
    create role reading;
    create role app login in role reading;
    create role other login;
    create schema shop authorization owner;
    set role owner;
    create table shop.a (id int);
    create table shop.b (id int);
    create table shop.c (id int);
    create table shop.d (id int);
    reset role;
    grant select on shop.a, shop.b, shop.c to other;
    grant usage on schema shop to reading`);
  await skips('nothing-to-examine', declared);
  await admin.query('grant select on all tables in schema shop to reading');
  const [found] = await finds(['reading in schema shop'], declared);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /may read 4 of 4 tables of owner in schema shop, not the next one/);

  // It happens.
  await admin.query('set role owner; create table shop.e (id int); reset role');
  const [forgotten] = await finds(['reading in schema shop'], declared);
  assert.equal(forgotten?.severity, 'warning');
  assert.match(forgotten.summary, /but not the newest: shop\.e/);
  // Three of five are a choice, not all tables.
  await finds(['reading in schema shop']);
  await finds(['reading in schema shop', 'other in schema shop'], { thresholds: { share: 60 } });
  await skips('nothing-to-examine', { ...declared, thresholds: { tables: 6 } });

  // Typed by an administrator without FOR ROLE it is for the tables of the administrator.
  await admin.query('alter default privileges in schema shop grant select on tables to reading');
  await finds(['reading in schema shop'], declared);
  await admin.query(`alter default privileges for role owner in schema shop
    grant select on tables to reading`);
  await isOk(declared);
});
