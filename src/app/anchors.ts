import { join } from 'node:path';
import { anchorFile } from '../adapters/anchors/file.ts';

/** The anchors outside the database, one line a day. */
export const anchorsIn = (home: string) => anchorFile(join(home, 'anchors.jsonl'));
