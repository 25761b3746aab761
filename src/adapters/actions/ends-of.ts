/** So much of the beginning and of the end of a stream is kept, in bytes: more than is ever shown. */
const MOST_HEAD = 16 * 1024;
const MOST_TAIL = 32 * 1024;

/** Keeps the beginning and the end of a stream of any length, in a memory of one size, and marks what is missing. */
export function endsOf(): { add(chunk: Uint8Array): void; text(): string } {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let dropped = 0;
  return {
    add: (chunk) => {
      const room = MOST_HEAD - head.length;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      const rest = chunk.subarray(Math.max(0, room));
      if (rest.length === 0) return;
      const all = Buffer.concat([tail, rest]);
      const over = Math.max(0, all.length - MOST_TAIL);
      dropped += over;
      tail = all.subarray(over);
    },
    text: () => {
      const mark = dropped === 0 ? '' : `\n[… ${dropped} bytes left out …]\n`;
      return `${head.toString('utf8')}${mark}${tail.toString('utf8')}`;
    },
  };
}
