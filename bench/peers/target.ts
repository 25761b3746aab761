import { type AddressInfo, createServer } from 'node:net';
import { serve } from './serve.ts';

// What is checked: answers everybody at once and counts who asked, by the path's first word or by the port; `/counts` tells.
const counts: Record<string, number> = {};
const ports: Record<string, number> = {};
const count = (who: string) => {
  counts[who] = (counts[who] ?? 0) + 1;
};
for (const who of ['mainstay-tcp', 'blackbox-tcp', 'monit-tcp']) {
  const server = createServer((socket) => {
    count(who);
    // Whoever asks goes away without a word.
    socket.on('error', () => undefined);
    socket.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ports[who] = (server.address() as AddressInfo).port;
}
serve((request, response) => {
  if (request.url === '/counts') return response.end(JSON.stringify({ counts, ports }));
  count(request.url?.split('/')[1] ?? '');
  return response.end('ok');
});
