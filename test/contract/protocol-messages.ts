// Messages of the PostgreSQL protocol, as bytes, as a server sends them.

export function errorMessage(code: string): Buffer {
  return protocolMessage('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mrefused as told\0\0`));
}

export function protocolMessage(kind: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
