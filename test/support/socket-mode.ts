/**
 * Slack's end of Socket Mode, as little of it as a client needs: the WebSocket handshake, `hello`, envelopes out and
 * acknowledgements in, pings answered. Frames are whole, short texts. Source: RFC 6455 and docs.slack.dev/apis/events-api/using-socket-mode.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface SocketModeServer {
  /** Where `apps.connections.open` sends the client. */
  readonly url: string;
  /** How often a client has connected. */
  readonly connections: number;
  /** Sends an envelope and gives what it is acknowledged with. */
  deliver(type: 'slash_commands' | 'interactive' | 'events_api', payload: object): Promise<unknown>;
  /** Cuts the connection, as a network does. */
  cut(): void;
  stop(): Promise<void>;
}

export async function startSocketMode(): Promise<SocketModeServer> {
  let socket: Duplex | undefined;
  let connections = 0;
  let sent = 0;
  const waiting = new Map<string, (payload: unknown) => void>();

  const server = createServer();
  server.on('upgrade', (request, opened) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    opened.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket = opened;
    connections += 1;
    opened.on('error', () => {});
    readFrames(opened, (opcode, body) => {
      if (opcode === PING) opened.write(frame(PONG, body));
      if (opcode === CLOSE) opened.end(frame(CLOSE, body));
      if (opcode !== TEXT) return;
      const { envelope_id, payload } = JSON.parse(body.toString()) as { envelope_id: string; payload?: unknown };
      waiting.get(envelope_id)?.(payload);
    });
    opened.write(frame(TEXT, Buffer.from(JSON.stringify({ type: 'hello', num_connections: 1 }))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `ws://127.0.0.1:${port}/`,
    get connections() {
      return connections;
    },
    deliver(type, payload) {
      const envelope_id = `E${++sent}`;
      const acknowledged = new Promise<unknown>((resolve) => waiting.set(envelope_id, resolve));
      const envelope = { envelope_id, type, payload, accepts_response_payload: true };
      socket?.write(frame(TEXT, Buffer.from(JSON.stringify(envelope))));
      return acknowledged;
    },
    cut: () => socket?.destroy(),
    async stop() {
      socket?.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An unmasked frame, as servers send them. */
function frame(opcode: number, body: Buffer): Buffer {
  const head = body.length < 126 ? Buffer.from([0x80 | opcode, body.length]) : Buffer.alloc(4);
  if (body.length >= 126) {
    head.writeUInt8(0x80 | opcode, 0);
    head.writeUInt8(126, 1);
    head.writeUInt16BE(body.length, 2);
  }
  return Buffer.concat([head, body]);
}

/** Masked frames, as clients send them. */
function readFrames(socket: Duplex, onFrame: (opcode: number, body: Buffer) => void): void {
  let buffer: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (buffer.length < 6) return;
      const short = buffer.readUInt8(1) & 0x7f;
      const maskAt = short < 126 ? 2 : 4;
      if (buffer.length < maskAt + 4) return;
      const length = short < 126 ? short : buffer.readUInt16BE(2);
      const end = maskAt + 4 + length;
      if (buffer.length < end) return;
      const mask = buffer.subarray(maskAt, maskAt + 4);
      const body = Buffer.from(buffer.subarray(maskAt + 4, end).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
      const opcode = buffer.readUInt8(0) & 0x0f;
      buffer = buffer.subarray(end);
      onFrame(opcode, body);
    }
  });
}
