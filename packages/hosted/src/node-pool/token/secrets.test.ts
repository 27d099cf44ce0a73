import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tokenName, tokenSecret, userDataName, userDataSecret } from './secrets.ts';

const parts = {
  namespace: 'clusters-sample',
  pool: 'clusters/workers',
  poolName: 'workers',
  hash: 'bb196408',
  upgradeType: 'Replace',
  release: { image: 'registry/release:4.21.0', version: '4.21.0' },
  configuration: 'kind: MachineConfig\n',
  pullSecret: Buffer.from('{}'),
  trustBundle: '',
  osStream: '',
};
const text = (value: string | undefined): string => Buffer.from(value ?? '', 'base64').toString();

test('the Secrets of a configuration are named after the pool and the hash (T52)', () => {
  expect([tokenName('workers', 'bb196408'), userDataName('workers', 'bb196408')]).toEqual([
    'token-workers-bb196408',
    'user-data-workers-bb196408',
  ]);
});

test('user data is Ignition 3.2.0 that merges the real configuration, with three headers (T52)', () => {
  const { data } = userDataSecret(parts, { endpoint: 'ignition-sample.hc.test:30444', authority: 'PEM', token: 'abc' });
  expect(JSON.parse(text(data?.value))).toMatchObject({
    ignition: {
      version: '3.2.0',
      config: {
        merge: [
          {
            source: 'https://ignition-sample.hc.test:30444/ignition',
            httpHeaders: [
              { name: 'Authorization', value: 'Bearer YWJj' },
              { name: 'NodePool', value: 'clusters/workers' },
              { name: 'TargetConfigVersionHash', value: 'bb196408' },
            ],
          },
        ],
      },
    },
  });
});

test('a token Secret carries the whole configuration, packed, and the hash of the pull secret', () => {
  const { data, metadata } = tokenSecret(parts, 'abc', 'before', '2030-01-01T10:00:00Z');
  expect(gunzipSync(Buffer.from(text(data?.config), 'base64')).toString()).toBe(parts.configuration);
  expect(text(data?.['pull-secret-hash'])).toBe('829b997b');
  expect(text(data?.old_token)).toBe('before');
  expect(metadata.annotations).toMatchObject({
    'hypershift.openshift.io/ignition-config': 'true',
    'hypershift.openshift.io/nodePool': 'clusters/workers',
    'hypershift.openshift.io/last-token-generation-time': '2030-01-01T10:00:00Z',
  });
});
