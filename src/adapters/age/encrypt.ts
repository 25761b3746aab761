import { hkdfSync, randomBytes } from 'node:crypto';
import type { Transform } from 'node:stream';
import type { Encrypter } from 'age-encryption';
import { sealing } from './payload.ts';

/** The nonce of the payload, and the tag that seals an empty one. */
const EMPTY_PAYLOAD = 16 + 16;

/**
 * What goes in comes out as an age v1 file that the holder of any of the recipients' identities can read with `age -d`;
 * Mainstay itself cannot.
 *
 * @param recipients X25519 recipients, `age1...`
 * @throws when there is none, or one is no recipient: before anything is encrypted
 */
export async function encryptTo(recipients: readonly string[]): Promise<Transform> {
  if (recipients.length === 0) throw new Error('there is nobody who could read it: no recipient is given');
  // Read when it is needed: its curves are sixty modules, which a start would wait for.
  const age = await import('age-encryption');
  let fileKey: Uint8Array = new Uint8Array();
  const encrypter = new age.Encrypter();
  // It is told the key of the file and adds nothing to it.
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = key;
      return [];
    },
  });
  for (const recipient of recipients) add(encrypter, recipient);
  const empty = await encrypter.encrypt(new Uint8Array());
  const nonce = randomBytes(16);
  const payload = sealing(payloadKey(fileKey, nonce));
  payload.push(empty.subarray(0, -EMPTY_PAYLOAD));
  payload.push(nonce);
  return payload;
}

function add(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new Error(`"${recipient}" is no recipient of age; \`age-keygen\` prints one, age1...`, { cause });
  }
}

/** The key of a file's payload (age-encryption.org/v1, "Payload"). */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
}
