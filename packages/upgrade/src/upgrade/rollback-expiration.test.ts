import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { expect, test } from 'vitest';
import { rollbackExpiration } from './rollback-expiration.ts';

const authority = await createAuthority('site', 400);
const issued = async (days: number): Promise<string> => {
  const { certificate, key } = await issueCertificate(authority, { commonName: 'node', hosts: [], usage: 'client', days });
  return `${certificate}${key}`;
};

test('T51 a rollback is possible until half an hour before the first certificate of the other stateroot expires', async () => {
  const stateroot = mkdtempSync(join(tmpdir(), 'godwit-stateroot-'));
  const pki = join(stateroot, 'var/lib/kubelet/pki');
  mkdirSync(pki, { recursive: true });
  const [first, second] = [await issued(2), await issued(9)];
  writeFileSync(join(pki, 'client-1.pem'), second);
  writeFileSync(join(pki, 'server-1.pem'), first);
  symlinkSync('client-1.pem', join(pki, 'kubelet-client-current.pem'));
  // a link as it is when that stateroot is booted
  symlinkSync('/var/lib/kubelet/pki/server-1.pem', join(pki, 'kubelet-server-current.pem'));
  const expires = Date.parse(new X509Certificate(first).validTo);
  expect(await rollbackExpiration(stateroot)).toEqual(new Date(expires - 30 * 60 * 1000));
});

test('a stateroot without certificates has no deadline to tell', async () => {
  await expect(rollbackExpiration(mkdtempSync(join(tmpdir(), 'godwit-stateroot-')))).rejects.toThrow(
    /kubelet-(client|server)-current\.pem/,
  );
});
