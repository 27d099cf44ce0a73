import { labels } from '@godwit/api';
import { expect, test } from 'vitest';
import { aClaim, aDvm } from '../fixtures.ts';
import { md5 } from '../names.ts';
import { volumePairs } from '../volume-pair.ts';
import { type ClientOrder, clientPod } from './client-pod.ts';
import { readOptions } from './options.ts';
import type { PodSettings } from './pod-parts.ts';
import { serverPod } from './server-pod.ts';

const settings: PodSettings = {
  image: 'transfer:1',
  runAs: { root: true, user: undefined, group: undefined, supplementalGroups: [] },
  resources: {},
};

const dvm = aDvm({ persistentVolumeClaims: ['0', '1', '2'].map((n) => aClaim({ namespace: `ns-0${n}`, name: `pvc-${n}` })) });

const order = (index: number, more: Partial<ClientOrder> = {}): ClientOrder => ({
  pair: volumePairs(dvm)[index] ?? expect.fail('no such volume'),
  attempt: 1,
  work: 'copy',
  options: readOptions({}).options,
  checksum: false,
  node: undefined,
  tunnelKey: 'stunnel.conf',
  proxied: false,
  ...more,
});

// M44
test('every claim has a source pod of its own, labelled with its digest and the attempt', () => {
  const pods = [0, 1, 2].map((index) => clientPod(dvm, order(index), settings));
  expect(
    pods.map(({ metadata }) => [metadata.namespace, metadata.labels?.[labels.createdForPvc], metadata.labels?.[labels.rsyncAttempt]]),
  ).toEqual([0, 1, 2].map((n) => [`ns-0${n}`, md5(`pvc-${n}`), '1']));
  expect(new Set(pods.map(({ metadata }) => metadata.name)).size).toBe(3);
});

test('the same volume and attempt always make the same pod', () => {
  expect(clientPod(dvm, order(1), settings)).toEqual(clientPod(dvm, order(1), settings));
  expect(clientPod(dvm, order(1, { attempt: 2 }), settings).metadata.name).not.toBe(clientPod(dvm, order(1), settings).metadata.name);
});

test('a client reads the volume on the node that mounts it, cannot write it, and ends with rsync', () => {
  const { spec } = clientPod(dvm, order(0, { node: 'worker-1' }), settings);
  expect(spec).toMatchObject({ nodeName: 'worker-1', restartPolicy: 'Never', automountServiceAccountToken: false });
  expect(spec?.containers[0]?.volumeMounts?.find(({ name }) => name === 'mnt')).toEqual({
    name: 'mnt',
    mountPath: `/mnt/ns-00/${md5('pvc-0')}`,
    readOnly: true,
  });
});

test('a pod that compares is not taken for one that copies', () => {
  const { metadata } = clientPod(dvm, order(0, { work: 'compare' }), settings);
  expect(metadata.labels).not.toHaveProperty([labels.createdForPvc]);
});

test('transfer pods may do little: no escalation, a read-only root, only what baseline admits', () => {
  const baseline = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'MKNOD', 'SETFCAP', 'SETGID', 'SETUID', 'SYS_CHROOT'];
  const pods = [clientPod(dvm, order(0), settings), serverPod(dvm, 'ns-00', [order(0).pair], settings)];
  for (const { securityContext, imagePullPolicy } of pods.flatMap(({ spec }) => spec?.containers ?? [])) {
    expect(securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(baseline).toEqual(expect.arrayContaining(securityContext?.capabilities?.add ?? []));
    expect(imagePullPolicy).toBe('IfNotPresent');
  }
});

test('without root nothing of root is asked for', () => {
  const runAs = { root: false, user: 999, group: 999, supplementalGroups: [33] };
  const { spec } = serverPod(dvm, 'ns-00', [order(0).pair], { ...settings, runAs });
  expect(spec?.securityContext).toMatchObject({ fsGroup: 999, supplementalGroups: [33] });
  for (const { securityContext } of spec?.containers ?? []) {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, capabilities: { drop: ['ALL'] } });
    expect(securityContext?.capabilities).not.toHaveProperty('add');
  }
});

test('one server pod mounts every volume of its namespace and offers one tunnel port', () => {
  const both = volumePairs(aDvm({ persistentVolumeClaims: [aClaim({ name: 'a' }), aClaim({ name: 'b' })] }));
  const { spec } = serverPod(dvm, 'shop', both, settings);
  expect(spec?.containers.map(({ name }) => name)).toEqual(['rsync', 'stunnel']);
  expect(spec?.containers.flatMap(({ ports }) => ports ?? [])).toMatchObject([{ containerPort: 6443 }]);
  expect(spec?.volumes?.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])).toEqual(['a', 'b']);
});

test('a claim whose name is too long for a label still gets its labels', () => {
  const long = aDvm({ persistentVolumeClaims: [aClaim({ name: 'long-name-'.padEnd(64, '1') })] });
  const pair = volumePairs(long)[0] ?? expect.fail('no volume');
  const { metadata } = clientPod(long, order(0, { pair }), settings);
  expect(Object.values(metadata.labels ?? {}).every((value) => value.length <= 63)).toBe(true);
});
