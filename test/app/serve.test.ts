import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../src/app/serve.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'mainstay-serve-'));
});
afterAll(() => rmSync(home, { recursive: true }));

/** Nobody signals anything. */
const quiet = { end: new Promise<string>(() => {}), onReload: () => {} };

it('says in a sentence that LOG_DIR is no folder, and starts nothing', async () => {
  const file = join(home, 'a-file');
  writeFileSync(file, '');
  const said: string[] = [];
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
    MAINSTAY_HOME: join(home, 'untouched'),
    LOG_DIR: file,
  };
  expect(await serve(env, quiet, (text) => said.push(text))).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(
      /^Mainstay could not start: LOG_DIR should be a folder that Mainstay may write to, and .*\.\n$/,
    ),
  ]);
});
