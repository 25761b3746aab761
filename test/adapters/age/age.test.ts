import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CannotDecrypt, decrypted, openHeader } from '../../../src/adapters/age/decrypt.ts';
import { encryptTo } from '../../../src/adapters/age/encrypt.ts';
import { BrokenPayload } from '../../../src/adapters/age/payload.ts';

const K = 1024;
/** Around the ends of chunks. */
const SIZES = [0, 1, 64 * K - 1, 64 * K, 64 * K + 1, 128 * K - 1, 128 * K, 128 * K + 1, 300 * K];

let folder: string;
let drill: string;
let escrow: string;
let recipients: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'age-'));
  [drill, escrow] = [await generateX25519Identity(), await generateX25519Identity()];
  recipients = [await identityToRecipient(drill), await identityToRecipient(escrow)];
});
afterAll(() => rmSync(folder, { recursive: true }));

function bytes(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255));
}

/** The file as it comes from a disk or a network: in pieces of any length. */
function inPieces(file: Buffer, piece: number): Readable {
  const pieces = Array.from({ length: Math.ceil(file.length / piece) }, (_, index) =>
    file.subarray(index * piece, (index + 1) * piece),
  );
  return Readable.from(pieces, { objectMode: false });
}

async function encrypt(plain: Buffer, piece = 10_000): Promise<Buffer> {
  return buffer(inPieces(plain, piece).pipe(await encryptTo(recipients)));
}

async function decrypt(file: Buffer, identities = [drill], piece = 10_000): Promise<Buffer> {
  return buffer(await decrypted(inPieces(file, piece), identities));
}

it.each(SIZES)('%i bytes are read by the age program and by the library of its author', async (size) => {
  const plain = bytes(size);
  const file = await encrypt(plain);
  const decrypter = new Decrypter();
  decrypter.addIdentity(escrow);
  expect(Buffer.from(await decrypter.decrypt(file)).equals(plain)).toBe(true);
  writeFileSync(join(folder, 'key'), drill, { mode: 0o600 });
  writeFileSync(join(folder, 'file.age'), file);
  const read = execFileSync('age', ['-d', '-i', join(folder, 'key'), join(folder, 'file.age')]);
  expect(read.equals(plain)).toBe(true);
});

it.each(SIZES)('%i bytes that others encrypted are read', async (size) => {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipients[0] ?? '');
  const file = Buffer.from(await encrypter.encrypt(bytes(size)));
  expect((await decrypt(file)).equals(bytes(size))).toBe(true);
});

it('in whatever pieces it comes, it goes out and in the same', async () => {
  const sizes = fc.nat({ max: 200_000 });
  const piece = fc.integer({ min: 50, max: 150_000 });
  await fc.assert(
    fc.asyncProperty(sizes, piece, piece, async (size, out, back) => {
      const again = await decrypt(await encrypt(bytes(size), out), [escrow], back);
      expect(again.equals(bytes(size))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it.each([
  ['one bit of it altered', (file: Buffer) => flip(file, file.length - 20_000)],
  ['one bit of its header altered', (file: Buffer) => flip(file, 80)],
  ['cut at half', (file: Buffer) => file.subarray(0, file.length / 2)],
  ['cut where a chunk ends', (file: Buffer) => file.subarray(0, file.length - (200 * K + 4 * 16) + 2 * (64 * K + 16))],
  ['cut to nothing', () => Buffer.alloc(0)],
  ['something behind its end', (file: Buffer) => Buffer.concat([file, Buffer.alloc(10)])],
])('a file with %s is refused', async (_what, harm) => {
  const file = harm(await encrypt(bytes(200 * K)));
  await expect(decrypt(file)).rejects.toSatisfy(
    (error) => error instanceof CannotDecrypt || error instanceof BrokenPayload,
  );
});

it('who is no recipient reads nothing', async () => {
  const file = await encrypt(bytes(1000));
  await expect(decrypt(file, [await generateX25519Identity()])).rejects.toThrow('no identity matched');
});

it('whether a key opens a file is told from its first bytes', async () => {
  const start = (await encrypt(bytes(300 * K))).subarray(0, 600);
  await expect(openHeader(start, [escrow])).resolves.toMatchObject({ payloadAt: expect.any(Number) });
  await expect(openHeader(start, [await generateX25519Identity()])).rejects.toThrow('no identity matched');
});

it('nothing is encrypted for nobody, or for what is no recipient', async () => {
  await expect(encryptTo([])).rejects.toThrow('no recipient');
  await expect(encryptTo(['age1nobody'])).rejects.toThrow();
});

function flip(file: Buffer, at: number): Buffer {
  const altered = Buffer.from(file);
  altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
  return altered;
}
