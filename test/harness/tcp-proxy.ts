// A proxy between a client and a server that can delay, go silent, or reset connections.
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface TcpProxy {
  readonly port: number;
  /** From now on every chunk waits so long, in each direction. */
  delay(delay_ms: number): void;
  /** From now on nothing passes and nobody is told: a cable that was pulled. */
  goSilent(): void;
  /** Ends every connection with a reset, as a crashed host does. */
  reset(): void;
}

/** Listens on a free port of 127.0.0.1 and passes on to `target`; ends with the test. */
export async function tcpProxy(
  t: TestContext,
  target: { readonly port: number },
): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let delay_ms = 0;
  let isSilent = false;

  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => to.destroy());
    from.on('end', () => {
      if (!isSilent) to.end();
    });
    from.on('close', () => {
      sockets.delete(from);
      if (!isSilent) to.destroy();
    });
    from.on('data', (chunk) => {
      if (isSilent) return;
      if (delay_ms === 0) to.write(chunk);
      else setTimeout(() => to.writable && to.write(chunk), delay_ms);
    });
  };

  // Half-open sockets are allowed, so that a silent proxy does not even answer a goodbye.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: target.port, host: '127.0.0.1', allowHalfOpen: true });
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    delay: (wanted_ms) => {
      delay_ms = wanted_ms;
    },
    goSilent: () => {
      isSilent = true;
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
  };
}
