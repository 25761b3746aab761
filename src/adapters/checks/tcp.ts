import { connect, type Socket } from 'node:net';
import { CouldNotTell, failing, type Look, ok } from './look.ts';

/** Most that is read of what the other side says first; in bytes. */
const MOST_READ = 4096;

/** Whether a port takes a connection, and says what it should. */
export const lookAtTcp: Look<'tcp'> = async ({ target, says }, { address, signal }) => {
  const socket = await opened(address(target), signal);
  try {
    if (says === undefined) return ok('takes connections');
    const pattern = new RegExp(says, 'u');
    const heard = await firstWords(socket, pattern);
    if (pattern.test(heard)) return ok('takes connections, and says what it should');
    return failing(heard === '' ? 'closed the connection without a word' : `says something unlike ${says}`);
  } finally {
    socket.destroy();
  }
};

function opened(address: string, signal: AbortSignal): Promise<Socket> {
  const { host, port } = hostAndPort(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    socket.on('connect', () => resolve(socket));
    socket.on('error', reject);
  });
}

function firstWords(socket: Socket, pattern: RegExp): Promise<string> {
  let heard = '';
  return new Promise((resolve, reject) => {
    socket.setEncoding('utf8');
    socket.on('data', (more: string) => {
      heard += more;
      if (pattern.test(heard) || heard.length > MOST_READ) resolve(heard);
    });
    socket.on('end', () => resolve(heard));
    socket.on('error', reject);
  });
}

/** `db.example.com:5432` or `[::1]:5432`. @throws CouldNotTell where no port is named and none is usual */
export function hostAndPort(address: string, usual?: number): { host: string; port: number } {
  const [, bracketed, plain, written] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(address) ?? [];
  const port = written === undefined ? usual : Number(written);
  if (port === undefined) throw new CouldNotTell('The address of the target names no port');
  return { host: bracketed ?? plain ?? '', port };
}
