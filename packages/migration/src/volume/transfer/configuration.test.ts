import { expect, test } from 'vitest';
import { aClaim, aDvm } from '../fixtures.ts';
import { volumePairs } from '../volume-pair.ts';
import { rsyncConfiguration, tunnelConfiguration, tunnelKey } from './configuration.ts';

type Applied = { kind: string; metadata: { namespace: string; name: string }; data: Record<string, string>; type?: string };

const dvm = aDvm({ persistentVolumeClaims: [aClaim({ name: 'a' }), aClaim({ name: 'b', targetNamespace: 'market' })] });
const certificates = {
  authority: 'AUTHORITY',
  server: { certificate: 'SERVER', key: 'SERVER KEY' },
  client: { certificate: 'CLIENT', key: 'CLIENT KEY' },
};
const addresses = new Map([
  ['shop', { host: '10.0.0.1', port: 30001 }],
  ['market', { host: '10.0.0.2', port: 30002 }],
]);

const applied = (effects: readonly { do: string }[]): Applied[] =>
  effects.map((effect) => (effect as unknown as { object: Applied }).object);

// M68
test('a tunnel secret holds exactly a certificate and a key, another pair on each side', () => {
  const secrets = applied(tunnelConfiguration(dvm, certificates, addresses, undefined)).filter(({ kind }) => kind === 'Secret');
  expect(secrets.map(({ data }) => Object.keys(data))).toEqual(secrets.map(() => ['tls.crt', 'tls.key']));
  expect(new Set(secrets.map(({ data }) => Buffer.from(data['tls.key'] ?? '', 'base64').toString()))).toEqual(
    new Set(['SERVER KEY', 'CLIENT KEY']),
  );
});

test('volumes of one namespace that go to two find the way to each', () => {
  const [a, b] = volumePairs(dvm);
  if (!a || !b) return expect.fail('two volumes');
  expect([tunnelKey([a, b], a), tunnelKey([a, b], b)]).toEqual(['stunnel.conf', 'stunnel-market.conf']);
  const config = applied(tunnelConfiguration(dvm, certificates, addresses, undefined)).find(({ metadata }) =>
    metadata.name.includes('client-config'),
  );
  expect(config?.data['stunnel.conf']).toContain('connect = 10.0.0.1:30001');
  expect(config?.data['stunnel-market.conf']).toContain('connect = 10.0.0.2:30002');
});

test("a proxy's password stands in no ConfigMap", () => {
  const proxy = { host: 'proxy:3128', user: 'me', password: 'hush' };
  const maps = applied(tunnelConfiguration(dvm, certificates, addresses, proxy)).filter(({ kind }) => kind === 'ConfigMap');
  expect(JSON.stringify(maps)).not.toContain('hush');
});

test('the password stands in secrets only, and daemons listen on the inside only', () => {
  const all = applied(rsyncConfiguration(dvm, 'pass-word', () => true));
  const maps = all.filter(({ kind }) => kind === 'ConfigMap');
  expect(JSON.stringify(maps)).not.toContain('pass-word');
  expect(maps.map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'market']);
  for (const { data } of maps) expect(data['rsyncd.conf']).toContain('address = 127.0.0.1\n');
});
