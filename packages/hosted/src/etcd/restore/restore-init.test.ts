import { expect, test } from 'vitest';
import { restoreInit } from './restore-init.ts';

const options = { image: 'registry/etcd@sha256:1', namespace: 'clusters-demo', replicas: 3 };

test('T63 the init container has the name, image, policy, URL and volume of upstream', () => {
  const { container } = restoreInit({ ...options, url: 'https://store/s.db' });
  expect(container).toMatchObject({ name: 'etcd-init', image: options.image, imagePullPolicy: 'IfNotPresent' });
  expect(container.env).toContainEqual({ name: 'RESTORE_URL_ETCD', value: 'https://store/s.db' });
  expect(container.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib' });
});

test('G-H17 a signed URL reaches the container from its Secret only', () => {
  const { container, volumes } = restoreInit(options);
  expect(container.env).toContainEqual({ name: 'RESTORE_URL_ETCD', valueFrom: { secretKeyRef: { name: 'etcd-restore-url', key: 'url' } } });
  expect(container.env).toContainEqual({
    name: 'RESTORE_SHA256',
    valueFrom: { secretKeyRef: { name: 'etcd-restore-url', key: 'sha256', optional: true } },
  });
  expect(volumes.map(({ name }) => name)).toEqual(['restore-trust']);
});

test('G-H13 the members of the new cluster come from the StatefulSet', () => {
  expect(restoreInit(options).container.env).toContainEqual({
    name: 'INITIAL_CLUSTER',
    value: [0, 1, 2].map((at) => `etcd-${at}=https://etcd-${at}.etcd-discovery.clusters-demo.svc:2380`).join(','),
  });
});

test('the trust bundle of the hosted cluster is mounted whether it is there or not, so that pods need not be replaced when it comes', () => {
  const { container, volumes } = restoreInit(options);
  expect(volumes[0]?.configMap).toMatchObject({ name: 'user-ca-bundle', optional: true });
  expect(container.volumeMounts).toContainEqual({ name: 'restore-trust', mountPath: '/etc/etcd-init/trust', readOnly: true });
});
