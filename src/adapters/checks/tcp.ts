import { connect, type Socket } from 'node:net';
import { CouldNotTell, type Look, ok } from './look.ts';

/** Whether a port takes a connection. */
export const lookAtTcp: Look<'tcp'> = async ({ target }, { address, signal }) => {
  const socket = await opened(address(target), signal);
  socket.destroy();
  return ok('takes connections');
};

function opened(address: string, signal: AbortSignal): Promise<Socket> {
  const { host, port } = hostAndPort(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    socket.on('connect', () => resolve(socket));
    socket.on('error', reject);
  });
}

/** `db.example.com:5432` or `[::1]:5432`. */
function hostAndPort(address: string): { host: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(address) ?? [];
  if (port === undefined) throw new CouldNotTell('The address of the target names no port');
  return { host: bracketed ?? plain ?? '', port: Number(port) };
}
