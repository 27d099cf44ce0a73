import type { HostedCluster } from '@godwit/api';
import { expect, test } from 'vitest';
import { ReleaseError, type Releases } from '../release/release.ts';
import { readReleaseOf } from './read-release.ts';

const at = { source: { namespace: 'clusters', name: 'sample', home: 'clusters-sample' } } as never;
const credentials = '{"auths":{"registry.test":{"auth":"dTpw"}}}';
const objects: Record<string, object> = {
  'Secret clusters/pull': { data: { '.dockerconfigjson': Buffer.from(credentials).toString('base64') } },
  'ConfigMap clusters/authorities': { data: { 'ca-bundle.crt': 'PEM' } },
};
const source = {
  get: async ({ kind }: { kind: string }, { namespace, name }: { namespace: string; name: string }) =>
    objects[`${kind} ${namespace}/${name}`],
} as never;

const clusterWith = (spec: object) => ({ spec: { release: { image: 'registry.test/release:1' }, ...spec } }) as unknown as HostedCluster;
const reading = (read: Releases['read'], spec: object) =>
  readReleaseOf({ world: { releases: { read } } as never, source, at }, clusterWith(spec));

test.each<[string, object, object]>([
  [
    'its pull secret and its authorities',
    { pullSecret: { name: 'pull' }, additionalTrustBundle: { name: 'authorities' } },
    { pullSecret: credentials, trust: 'PEM' },
  ],
  ['what is there of them', { pullSecret: { name: 'gone' }, additionalTrustBundle: { name: '' } }, {}],
])('the registry of a cluster that moves is asked with %s', async (_title, spec, access) => {
  const asked: unknown[] = [];
  await reading(async (image, given) => {
    asked.push([image, given]);
    return {} as never;
  }, spec);
  expect(asked).toEqual([['registry.test/release:1', access]]);
});

test('a release that cannot be read is a sentence; any other fault is thrown', async () => {
  const failing = (error: Error) => reading(() => Promise.reject(error), { pullSecret: { name: 'pull' } });
  expect(await failing(new ReleaseError('no such image'))).toEqual({ fault: 'no such image' });
  await expect(failing(new Error('broken'))).rejects.toThrow('broken');
});
