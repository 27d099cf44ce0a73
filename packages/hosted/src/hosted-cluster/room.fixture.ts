import { randomBytes } from 'node:crypto';
import { HostedCluster, HostedControlPlane, Namespace, Secret } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { aHostedCluster } from './hosted-cluster.fixture.ts';

/** Data of a Secret. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A moment before every test. */
export const ago = '2029-01-01T00:00:00Z';

/** A condition as a control plane says it. */
export const condition = (type: string, status: string, reason: string, message = '') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: ago,
});

/** Makes HostedClusters on a real API server, each in a namespace of its own, and plays their control planes. */
export const roomOn = (client: Client) => {
  const createPullSecret = (namespace: string) =>
    client.create(Secret, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace, name: 'sample-pull-secret' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': base64('{"auths":{}}') },
    });
  const create = async (
    changes: Parameters<typeof aHostedCluster>[0] = {},
    metadata: Parameters<typeof aHostedCluster>[1] = {},
    withSecret = true,
  ) => {
    const namespace = `clusters-${randomBytes(4).toString('hex')}`;
    await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    if (withSecret) await createPullSecret(namespace);
    await client.create(HostedCluster, aHostedCluster(changes, { namespace, ...metadata }));
    const name = { namespace, name: 'sample' };
    const plane = { namespace: `${namespace}-sample`, name: 'sample' };
    return {
      namespace,
      home: plane.namespace,
      name,
      get: () => client.get(HostedCluster, name),
      condition: async (type: string) => (await client.get(HostedCluster, name))?.status?.conditions?.find((each) => each.type === type),
      plane: () => client.get(HostedControlPlane, plane),
      patch: (patch: object) => client.patch(HostedCluster, name, patch),
      tell: (status: object) => client.patch(HostedControlPlane, plane, { status }, { subresource: 'status' }),
    };
  };
  return { create, createPullSecret };
};
