// A listener that speaks just enough of the PostgreSQL protocol to note what a client does.
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';
import { errorMessage, int32, protocolMessage } from './protocol-messages.ts';

/** How the server behaves. Everything absent means: plain server that lets everybody in. */
export interface Behaviour {
  /** Certificate to do TLS with; without one, TLS is declined. */
  readonly tls?: string;
  /** Answer to the request for TLS instead of S or N. */
  readonly tls_answer?: 'error' | 'garbage' | 'close' | 'stuffed';
  /** Listens on {sockets}/.s.PGSQL.<port> instead of TCP. */
  readonly socket_port?: number;
  readonly asks_password?: boolean;
  /** SQLSTATE to refuse with: at once, after the password, or after letting in. */
  readonly refuse?: string;
  readonly refuse_when?: 'always' | 'plain' | 'encrypted';
  readonly refuse_after?: 'startup' | 'password' | 'authentication';
  /** Closes the connection instead of answering the startup packet. */
  readonly hangs_up?: boolean;
  /** Answers nothing at all. */
  readonly hangs?: boolean;
  /** Sends bytes of another protocol. */
  readonly speaks?: string;
  readonly reports?: Readonly<Record<string, string>>;
  /** Answers to questions, in lower case. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** What one connection did. */
export interface Visit {
  readonly server: string;
  tls: 'not-asked' | 'declined' | 'failed' | 'encrypted';
  server_name?: string;
  client_certificate?: string;
  startup?: Record<string, string>;
  password?: string;
  questions?: string[];
}

export interface RecordingServer {
  readonly port: number;
  /** Resolves when no connection is open any more. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface Recording {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly certificate: Certificate | undefined;
  /** Path to listen on, for a socket. */
  readonly path: string | undefined;
  readonly visits: Visit[];
}

/** Starts listening; what clients do is appended to `visits`, in order of arrival. */
export async function startRecording(recording: Recording): Promise<RecordingServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    const visit: Visit = { server: recording.name, tls: 'not-asked' };
    recording.visits.push(visit);
    attend(socket, { visit, recording, isEncrypted: false });
  });
  await listen(server, recording.path);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    settle: async () => {
      await Promise.all([...open].map((socket) => new Promise((done) => socket.on('close', done))));
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

async function listen(server: Server, path: string | undefined): Promise<void> {
  await new Promise<void>((done) => {
    if (path === undefined) server.listen(0, '127.0.0.1', done);
    else server.listen(path, done);
  });
  if (path !== undefined) chmodSync(path, 0o777);
}

interface Conversation {
  readonly visit: Visit;
  readonly recording: Recording;
  readonly isEncrypted: boolean;
}

function attend(stream: Socket, conversation: Conversation): void {
  if (conversation.recording.behaviour.hangs) {
    stream.resume();
    return;
  }
  let waiting = Buffer.alloc(0);
  let hasStarted = false;
  const read = (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (true) {
      const head = hasStarted ? 1 : 0;
      if (waiting.length < head + 4) return;
      const end = head + waiting.readInt32BE(head);
      if (waiting.length < end) return;
      const message = waiting.subarray(0, end);
      waiting = waiting.subarray(end);
      if (hasStarted) {
        answerMessage(stream, message, conversation);
      } else if (message.readInt32BE(4) === 80_877_103) {
        stream.off('data', read);
        answerTlsRequest(stream, conversation, read);
        return;
      } else {
        hasStarted = true;
        answerStartup(stream, message, conversation);
      }
    }
  };
  stream.on('data', read);
}

function answerTlsRequest(
  stream: Socket,
  conversation: Conversation,
  read: (chunk: Buffer) => void,
): void {
  const { recording, visit } = conversation;
  const { tls_answer } = recording.behaviour;
  visit.tls = 'failed';
  if (tls_answer !== undefined) stream.end(oddAnswers[tls_answer]);
  else if (recording.certificate === undefined) {
    visit.tls = 'declined';
    stream.on('data', read);
    stream.write('N');
  } else {
    stream.write('S');
    secure(stream, conversation, recording.certificate);
  }
}

const oddAnswers = {
  close: '',
  error: errorMessage('53000'),
  garbage: 'HTTP/1.1 400 Bad Request\r\n\r\n',
  stuffed: 'Sstuffed',
};

function secure(stream: Socket, conversation: Conversation, certificate: Certificate): void {
  const { visit, recording } = conversation;
  const encrypted = new TLSSocket(stream, {
    isServer: true,
    cert: certificate.certificate,
    key: certificate.key,
    requestCert: true,
    rejectUnauthorized: false,
  });
  encrypted.on('error', () => stream.destroy());
  encrypted.on('close', () => stream.destroy());
  encrypted.on('secure', () => {
    visit.tls = 'encrypted';
    const name: unknown = 'servername' in encrypted ? encrypted.servername : undefined;
    if (typeof name === 'string' && name !== '') visit.server_name = name;
    const peer = encrypted.getPeerCertificate();
    if (peer?.subject?.CN !== undefined) visit.client_certificate = String(peer.subject.CN);
  });
  attend(encrypted, { visit, recording, isEncrypted: true });
}

function answerStartup(stream: Socket, message: Buffer, conversation: Conversation): void {
  const { visit, recording } = conversation;
  const { behaviour } = recording;
  const fields = message.toString('utf8', 8).split('\0');
  visit.startup = {};
  for (let at = 0; fields[at]; at += 2) visit.startup[fields[at] ?? ''] = fields[at + 1] ?? '';
  if (behaviour.hangs_up) stream.end();
  else if (behaviour.speaks !== undefined) stream.end(behaviour.speaks);
  else if (refusesNow(conversation, 'startup')) refuse(stream, behaviour);
  else if (behaviour.asks_password) stream.write(protocolMessage('R', int32(3)));
  else letIn(stream, conversation);
}

function answerMessage(stream: Socket, message: Buffer, conversation: Conversation): void {
  const { visit, recording } = conversation;
  const kind = message.toString('latin1', 0, 1);
  const text = message.toString('utf8', 5, Math.max(message.length - 1, 5));
  if (kind === 'p') {
    visit.password = text;
    if (refusesNow(conversation, 'password')) refuse(stream, recording.behaviour);
    else letIn(stream, conversation);
  } else if (kind === 'Q') {
    answerQuestion(stream, text.toLowerCase(), conversation);
  } else if (kind === 'X') {
    stream.end();
  }
}

function answerQuestion(stream: Socket, text: string, { visit, recording }: Conversation): void {
  const known = recording.behaviour.answers?.[text];
  if (text !== probe) visit.questions = [...(visit.questions ?? []), text];
  const value = Buffer.from(known ?? '1');
  const column = Buffer.concat([Buffer.from('value\0'), Buffer.alloc(18)]);
  column.writeInt32BE(25, 12); // the type's oid: text
  column.writeInt16BE(-1, 16);
  column.writeInt32BE(-1, 18);
  stream.write(protocolMessage('T', Buffer.from([0, 1]), column));
  stream.write(protocolMessage('D', Buffer.from([0, 1]), int32(value.length), value));
  stream.write(protocolMessage('C', Buffer.from('SELECT 1\0')));
  stream.write(protocolMessage('Z', Buffer.from('I')));
}

/** The statement that psql is started with; it says nothing about how it connected. */
export const probe = 'select 1';

function refusesNow({ recording, isEncrypted }: Conversation, moment: string): boolean {
  const { refuse, refuse_when = 'always', refuse_after = 'startup' } = recording.behaviour;
  if (refuse === undefined || refuse_after !== moment) return false;
  return refuse_when === 'always' || (refuse_when === 'encrypted') === isEncrypted;
}

function refuse(stream: Socket, behaviour: Behaviour): void {
  stream.end(errorMessage(behaviour.refuse ?? 'XX000'));
}

function letIn(stream: Socket, conversation: Conversation): void {
  const { behaviour } = conversation.recording;
  stream.write(protocolMessage('R', int32(0)));
  if (refusesNow(conversation, 'authentication')) {
    refuse(stream, behaviour);
    return;
  }
  const reports = { server_version: '15.20', client_encoding: 'UTF8', ...behaviour.reports };
  for (const [name, value] of Object.entries(reports)) {
    stream.write(protocolMessage('S', Buffer.from(`${name}\0${value}\0`)));
  }
  stream.write(protocolMessage('K', int32(4_711), int32(1)));
  stream.write(protocolMessage('Z', Buffer.from('I')));
}
