// Throw-away certificates for TLS tests, made by the openssl command in a folder of the test.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** By name: good, expired, wrong-name, stranger, common-name, wildcard, revoked, client. */
  readonly issued: ReadonlyMap<string, Certificate>;
  /** Files that a client may be given: authority, stranger-authority, revoked-list. */
  readonly files: ReadonlyMap<string, string>;
}

interface Wish {
  readonly name: string;
  readonly common: string;
  readonly alternatives?: string;
  readonly authority?: string;
  readonly isExpired?: boolean;
}

const local = 'DNS:localhost,DNS:db.example,IP:127.0.0.1';

const wishes: readonly Wish[] = [
  { name: 'good', common: 'db.example', alternatives: local },
  { name: 'expired', common: 'db.example', alternatives: local, isExpired: true },
  { name: 'wrong-name', common: 'localhost', alternatives: 'DNS:other.example' },
  { name: 'stranger', common: 'localhost', alternatives: local, authority: 'stranger-authority' },
  { name: 'common-name', common: 'localhost' },
  { name: 'address-common-name', common: '127.0.0.1', alternatives: 'DNS:other.example' },
  { name: 'address-only', common: 'localhost', alternatives: 'IP:127.0.0.1' },
  { name: 'wildcard', common: 'any', alternatives: 'DNS:*.db.example,DNS:*.example' },
  { name: 'revoked', common: 'localhost', alternatives: local },
  { name: 'client', common: 'the-client' },
];

const run = promisify(execFile);

/** Makes all of them; about half a second. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const openssl = (...args: readonly string[]) => run('openssl', [...args], { cwd: folder });
  for (const authority of ['authority', 'stranger-authority']) {
    await newKey(openssl, authority);
    const subject = ['-subj', `/CN=${authority}`, '-days', '30'];
    await openssl(
      'req',
      '-x509',
      '-key',
      `${authority}.key`,
      '-out',
      `${authority}.crt`,
      ...subject,
    );
    await writeFile(join(folder, `${authority}.index`), '');
  }
  await writeFile(join(folder, 'ca.conf'), configuration);
  const issued = new Map<string, Certificate>();
  for (const wish of wishes) issued.set(wish.name, await issue(openssl, folder, wish));
  const ca = ['ca', '-config', 'ca.conf', '-name', 'authority'];
  await openssl(...ca, '-revoke', 'revoked.crt');
  await openssl(...ca, '-gencrl', '-crldays', '30', '-out', 'revoked-list.crl');
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  const { stdout } = await openssl('ec', '-in', 'client.key', '-aes128', '-passout', 'pass:s3cret');
  const files = new Map([
    ['authority', await text('authority.crt')],
    ['stranger-authority', await text('stranger-authority.crt')],
    ['revoked-list', await text('revoked-list.crl')],
    ['client.crt', await text('client.crt')],
    ['client.key', await text('client.key')],
    ['client-encrypted.key', stdout],
    ['other.key', await text('good.key')],
  ]);
  return { issued, files };
}

type Openssl = (...args: readonly string[]) => Promise<{ readonly stdout: string }>;

function newKey(openssl: Openssl, name: string) {
  return openssl('ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', `${name}.key`);
}

async function issue(openssl: Openssl, folder: string, wish: Wish): Promise<Certificate> {
  const { name, common, alternatives, authority = 'authority' } = wish;
  await newKey(openssl, name);
  await openssl(
    'req',
    '-new',
    '-key',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    `/CN=${common}`,
  );
  const extension = alternatives === undefined ? '' : `subjectAltName=${alternatives}\n`;
  await writeFile(join(folder, `${name}.ext`), `basicConstraints=CA:FALSE\n${extension}`);
  const until = wish.isExpired
    ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z']
    : ['-days', '30'];
  const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
  const ca = ['ca', '-batch', '-notext', '-config', 'ca.conf', '-name', authority];
  await openssl(...ca, ...files, ...until);
  const certificate = await readFile(join(folder, `${name}.crt`), 'utf8');
  return { certificate, key: await readFile(join(folder, `${name}.key`), 'utf8') };
}

const configuration = ['authority', 'stranger-authority']
  .map(
    (name) => `[${name}]
database = ${name}.index
new_certs_dir = .
rand_serial = yes
certificate = ${name}.crt
private_key = ${name}.key
default_md = sha256
policy = any
unique_subject = no
`,
  )
  .concat('[any]\ncommonName = supplied\n')
  .join('\n');
