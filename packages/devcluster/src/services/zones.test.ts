import { expect, test } from 'vitest';
import { keyFile, nameServerConfiguration, zoneFile } from './zones.ts';

test('all that the name server writes lies below its folder, and it listens on one address', () => {
  const text = nameServerConfiguration('/s/dns', '/s/dns/update.key', '10.200.0.1');
  const paths = [...text.matchAll(/"(\/[^"]+)"/g)].map(([, path]) => path);
  expect(paths.filter((path) => !path?.startsWith('/s/dns'))).toEqual([]);
  expect([...text.matchAll(/listen-on port 53 \{ (.*); \}/g)].map(([, address]) => address)).toEqual(['10.200.0.1']);
});

test('only holders of the key change a zone, only the one of hosted clusters, and nobody copies one', () => {
  const text = nameServerConfiguration('/s/dns', '/s/dns/update.key', '10.200.0.1');
  expect(text.match(/allow-update.*/g)).toEqual(['allow-update { key "godwit"; };']);
  expect(text).toMatch(/zone "hc.test" \{[^}]*allow-update/);
  expect(text).toContain('allow-transfer { none; };');
});

test('the key is written as both named and nsupdate read it', () => {
  expect(keyFile('c2VjcmV0')).toBe('key "godwit" {\n  algorithm hmac-sha256;\n  secret "c2VjcmV0";\n};\n');
});

test('names of a zone lead to the address of the set, for five seconds', () => {
  const lines = zoneFile('godwit.local', '10.200.0.1', ['minio.godwit.local']).split('\n');
  expect(lines).toEqual(expect.arrayContaining(['$TTL 5', 'ns IN A 10.200.0.1', 'minio.godwit.local. IN A 10.200.0.1']));
});
