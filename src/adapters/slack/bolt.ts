import { createRequire } from 'node:module';

// The parts of Bolt that run here, which are CommonJS. Its index also reads Express and what receives on other platforms.
const require = createRequire(import.meta.url);
const app = require('@slack/bolt/dist/App.js') as typeof import('@slack/bolt/dist/App.js');
const http =
  require('@slack/bolt/dist/receivers/HTTPReceiver.js') as typeof import('@slack/bolt/dist/receivers/HTTPReceiver.js');
const socket =
  require('@slack/bolt/dist/receivers/SocketModeReceiver.js') as typeof import('@slack/bolt/dist/receivers/SocketModeReceiver.js');

export const App = app.default;
export const HTTPReceiver = http.default;
export const SocketModeReceiver = socket.default;
