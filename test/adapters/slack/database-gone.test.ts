import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type DeliveryHarness, deliveryHarness, line, linesIn, PATIENCE } from './delivery-harness.ts';

/** What stands between the instances and PostgreSQL; while it is down every connection is cut and none is made. */
interface Door {
  readonly port: number;
  down(): Promise<void>;
  up(): Promise<void>;
}

async function door(to: URL): Promise<Door> {
  const open = new Set<Socket>();
  // A socket's folder is given as `?host=`; PostgreSQL names the socket in it after the port.
  const folder = to.searchParams.get('host');
  const target = folder ? { path: `${folder}/.s.PGSQL.${to.port}` } : { host: to.hostname, port: Number(to.port) };
  const listen = (port: number) =>
    new Promise<Server>((resolve) => {
      const server = createServer((from) => {
        const towards = connect(target);
        for (const [one, other] of [
          [from, towards],
          [towards, from],
        ] as const) {
          open.add(one);
          one.on('error', () => other.destroy());
          one.on('close', () => open.delete(one) && other.destroy());
          one.pipe(other);
        }
      });
      server.listen(port, '127.0.0.1', () => resolve(server));
    });
  let server: Server | null = await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    down: async () => {
      const closed = new Promise<void>((resolve) => void server?.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
      server = null;
    },
    up: async () => {
      server = await listen(port);
    },
  };
}

let harness: DeliveryHarness;
let database: Door;
beforeEach(async () => {
  harness = await deliveryHarness({
    reach: async (url) => {
      database = await door(new URL(url));
      const through = new URL(url);
      through.searchParams.delete('host');
      through.host = `127.0.0.1:${database.port}`;
      return through.href;
    },
  });
});
afterEach(async () => {
  await harness.close();
  await database.down();
});

it('the database going away in the middle of deliveries loses nothing, doubles nothing and stops nobody', async () => {
  const { slack } = harness;
  await harness.instance();
  const channels = ['incidents', 'general', 'ops'];
  for (let n = 1; n <= 6; n++) await harness.promise(...channels.map((channel) => line(n, channel)));
  await vi.waitFor(() => expect(linesIn(slack).length).toBeGreaterThan(0), PATIENCE);
  for (let time = 0; time < 2; time++) {
    await database.down();
    const lost = () => harness.log.lines.filter(({ msg }) => msg === 'the job queue had a fault and goes on').length;
    const before = lost();
    await vi.waitFor(() => expect(lost()).toBeGreaterThan(before + 3), PATIENCE);
    await database.up();
  }
  await vi.waitFor(() => harness.promise(line(7)), PATIENCE);
  const rows = await harness.settled();
  expect(rows.every(({ status }) => status === 'delivered')).toBe(true);
  for (const channel of channels) {
    const expected = channel === 'incidents' ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4, 5, 6];
    expect(linesIn(slack, channel)).toEqual(expected);
  }
}, 90_000);
