import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { encryptionConfiguration } from './encryption-configuration.ts';
import { encryptionKeyName } from './key-name.ts';
import { decryptStored, storedKeyName } from './stored-value.ts';

const ascii = Buffer.from('0123456789abcdef0123456789abcdef');
const zeros = Buffer.alloc(32);

const sealed = (text: string, key: Buffer, name = encryptionKeyName(key)): Buffer => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([Buffer.from(`k8s:enc:aescbc:v1:${name}:`), iv, cipher.update(text), cipher.final()]);
};

test.each([
  ['of the documented key', ascii, 'key-881413397'],
  ['of 32 zero bytes', zeros, 'key-187360325'],
  ['of no bytes at all', Buffer.alloc(0), 'key-2166136261'],
])('T76 the name %s is the FNV-1 of its bytes', (_title, key, name) => {
  expect(encryptionKeyName(key)).toBe(name);
});

test('T76 the configuration lists the active key, the backup key, then identity, for secrets only', () => {
  const { resources } = encryptionConfiguration({ active: ascii, backup: zeros });
  expect(resources).toEqual([
    {
      resources: ['secrets'],
      providers: [
        {
          aescbc: {
            keys: [
              { name: 'key-881413397', secret: ascii.toString('base64') },
              { name: 'key-187360325', secret: zeros.toString('base64') },
            ],
          },
        },
        { identity: {} },
      ],
    },
  ]);
});

test('T76 a configuration without an active key is refused', () => {
  expect(() => encryptionConfiguration({ active: Buffer.alloc(0) })).toThrow('active key is empty');
});

test.each([
  ['an encrypted value', sealed('s', ascii), 'key-881413397'],
  ['a value in the clear', Buffer.from('k8s\0protobuf'), undefined],
  ['a value of another provider', Buffer.from('k8s:enc:kms:v2:name:bytes'), undefined],
  ['a value cut inside of the name', Buffer.from('k8s:enc:aescbc:v1:key-8814'), undefined],
])('the key of %s is read from its first bytes', (_title, value, name) => {
  expect(storedKeyName(value)).toBe(name);
});

test('a stored secret decrypts offline with its key, and one in the clear is given as it is', () => {
  expect(decryptStored(sealed('the secret', ascii), ascii)).toEqual({ ok: true, value: Buffer.from('the secret') });
  expect(decryptStored(Buffer.from('plain'), ascii)).toEqual({ ok: true, value: Buffer.from('plain') });
});

test('G-H22 other key bytes are refused with both names', () => {
  const outcome = decryptStored(sealed('the secret', ascii), zeros);
  expect(outcome).toMatchObject({ ok: false, said: { reason: 'EncryptionKeyMismatch' } });
  expect(!outcome.ok && outcome.said.message).toMatch(/key-187360325.*key-881413397/);
});

test('G-H22 a key of the right name that does not decrypt is refused', () => {
  const value = sealed('the secret', zeros, 'key-881413397');
  value[value.length - 1] = (value.at(-1) ?? 0) ^ 1;
  const outcome = decryptStored(value, ascii);
  if (outcome.ok) expect(outcome.value.toString()).not.toBe('the secret');
  else expect(outcome.said.reason).toBe('EncryptionKeyWrong');
  expect(decryptStored(Buffer.from('k8s:enc:aescbc:v1:key-881413397:short'), ascii)).toMatchObject({
    said: { reason: 'EncryptionKeyWrong' },
  });
});
