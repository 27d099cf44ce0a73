import { execa } from 'execa';
import { expect, test } from 'vitest';
import { imageReferences, releaseImage, releaseMetadata } from './manifests.ts';
import { ETCDCTL_ITSELF, PAYLOAD, type PayloadName, RELEASES } from './payload.ts';

/** The script of the etcd image, with programs that say what they were called with. */
const etcdctl = async (...words: string[]): Promise<string> => {
  const script = (PAYLOAD.etcd.scripts?.etcdctl ?? '').replace('/usr/bin/etcdutl', 'echo etcdutl').replace(ETCDCTL_ITSELF, 'echo etcdctl');
  return (await execa('sh', ['-c', script, 'etcdctl', ...words])).stdout;
};

test.each([
  ['a status', ['-w', 'table', 'snapshot', 'status', '/var/lib/data/snapshot.db'], 'etcdutl'],
  ['a restore', ['snapshot', 'restore', '/tmp/s.db', '--data-dir', '/var/lib/data'], 'etcdutl'],
  ['a save', ['--cacert', '/ca.crt', '--endpoints=localhost:2379', 'snapshot', 'save', '/tmp/s.db'], 'etcdctl'],
  ['a key that is called status', ['get', 'status'], 'etcdctl'],
  ['nothing', [], 'etcdctl'],
])('etcdctl of the image hands on to etcdutl what only that can do: %s', async (_title, words, program) => {
  expect(await etcdctl(...words)).toBe([program, ...words].join(' '));
});

const digests = Object.fromEntries(Object.keys(PAYLOAD).map((name) => [name, `sha256:${name}`])) as Record<PayloadName, string>;
const release = { version: '4.21.0', kubernetesVersion: '1.34.3' };

test('a release names the image of every component by digest, at the name that every set answers to', () => {
  const { tags } = imageReferences(release, digests).spec;
  expect(tags.map(({ name }) => name)).toEqual(Object.keys(PAYLOAD));
  expect(tags[0]).toEqual({
    name: 'etcd',
    annotations: { 'io.openshift.build.versions': 'kubernetes=1.34.3' },
    from: { kind: 'DockerImage', name: 'registry.godwit.local:5000/godwit/payload@sha256:etcd' },
  });
});

test('a release says its version and that of its Kubernetes', () => {
  expect(releaseMetadata(release)).toMatchObject({ version: '4.21.0', metadata: { kubernetesVersion: '1.34.3' } });
  expect(releaseImage('4.21.0')).toBe('registry.godwit.local:5000/godwit/release:4.21.0');
});

test('there are two releases of one minor, so that an update within it can be tried', () => {
  const minors = RELEASES.map(({ version }) => version.split('.').slice(0, 2).join('.'));
  expect([minors.length, new Set(minors).size]).toEqual([2, 1]);
});
