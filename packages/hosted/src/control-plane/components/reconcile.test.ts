import type { Deployment, StatefulSet } from '@godwit/api';
import { expect, test } from 'vitest';
import { aControlPlane, someFacts } from '../control-plane.fixture.ts';
import { roundOf, standing } from './reconcile.ts';

const counts = { replicas: 1, readyReplicas: 1, updatedReplicas: 1, observedGeneration: 1 };
const workload = (name: string, version: string, status: object = counts) =>
  ({
    metadata: { name, generation: 1, annotations: { 'hypershift.openshift.io/release-version': version } },
    spec: { replicas: 1 },
    status,
  }) as unknown as Deployment & StatefulSet;

const seenOf = (...workloads: (Deployment & StatefulSet)[]) => {
  const find = (name: string) => workloads.find(({ metadata }) => metadata.name === name);
  return { deployment: find, statefulSet: find };
};
const messages = (seen: ReturnType<typeof seenOf>, facts = someFacts) =>
  Object.fromEntries(
    roundOf(aControlPlane(), facts, new Map(), seen).map(({ state, manifests }) => [
      state.name,
      manifests.length > 0 ? 'written' : state.available.message,
    ]),
  );

test('G-H37 in the beginning only etcd is written, and the others say for what and which version they wait', () => {
  expect(messages(seenOf())).toEqual({
    etcd: 'written',
    'kube-apiserver': 'Waiting for Dependencies: etcd at version 4.21.0 (not available: NotFound)',
    'kube-controller-manager': 'Waiting for Dependencies: kube-apiserver at version 4.21.0 (not available: WaitingForDependencies)',
    'kube-scheduler': 'Waiting for Dependencies: kube-apiserver at version 4.21.0 (not available: WaitingForDependencies)',
  });
});

test('the API server follows a ready etcd, and the rest a ready API server', () => {
  expect(messages(seenOf(workload('etcd', '4.21.0')))).toMatchObject({
    'kube-apiserver': 'written',
    'kube-scheduler': expect.stringContaining('kube-apiserver'),
  });
  const both = seenOf(workload('etcd', '4.21.0'), workload('kube-apiserver', '4.21.0'));
  expect(messages(both)).toEqual({
    etcd: 'written',
    'kube-apiserver': 'written',
    'kube-controller-manager': 'written',
    'kube-scheduler': 'written',
  });
});

test('a component that runs goes on running while its dependency comes to the wanted version', () => {
  const seen = seenOf(workload('etcd', '4.20.0'), workload('kube-apiserver', '4.20.0'));
  const [, apiServer] = roundOf(aControlPlane(), someFacts, new Map(), seen);
  expect(apiServer?.manifests).toEqual([]);
  expect(apiServer?.state.available.status).toBe('True');
  expect(apiServer?.state.rolledOut.message).toContain('etcd at version 4.21.0 (at version 4.20.0)');
});

test('without a release what runs is judged all the same, and nothing is written', () => {
  const found = standing(aControlPlane(), seenOf(workload('etcd', '4.21.0'), workload('kube-apiserver', '4.20.0')));
  expect(found.map(({ state, manifests }) => [state.name, state.available.status, state.version, manifests.length])).toEqual([
    ['etcd', 'True', '4.21.0', 0],
    ['kube-apiserver', 'True', '4.20.0', 0],
    ['kube-controller-manager', 'False', undefined, 0],
    ['kube-scheduler', 'False', undefined, 0],
  ]);
});

test('etcd that is held says why', () => {
  expect(messages(seenOf(), { ...someFacts, held: new Map([['etcd', 'no credentials']]) })).toMatchObject({ etcd: 'no credentials' });
});

test('a release without an image leaves the others alone', () => {
  const { etcd: _none, ...images } = someFacts.release.images;
  const [etcd] = roundOf(aControlPlane(), { ...someFacts, release: { ...someFacts.release, images } }, new Map(), seenOf());
  expect(etcd?.state.available).toMatchObject({ status: 'False', reason: 'ReconciliationError' });
});

test('another certificate restarts only who reads it', () => {
  const hashes = (secret: string) => {
    const data = new Map([['Secret/etcd-peer-tls', { 'peer.crt': secret }]]);
    const seen = seenOf(workload('etcd', '4.21.0'));
    return roundOf(aControlPlane(), someFacts, data, seen).map(({ manifests }) => JSON.stringify(manifests));
  };
  const [before, after] = [hashes('a'), hashes('b')];
  expect(before.map((text, index) => text === after[index])).toEqual([false, true, true, true]);
});
