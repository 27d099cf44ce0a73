import { annotations, HostedCluster, HostedControlPlane, Secret, StatefulSet } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { components } from '../../names.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { EtcdUnhealthy } from '../reasons.ts';

/** What a backup must know of the control plane in its namespace. */
export type Plane = {
  controlPlane: HostedControlPlane;
  /** Absent while the control plane lacks its HostedCluster, for instance in the middle of a move. */
  hostedCluster: HostedCluster | undefined;
  replicas: number;
  /** The key that secrets are encrypted with; undefined: they are not. */
  encryptionKey: Buffer | undefined;
};

const hostedClusterOf = async (client: Client, controlPlane: HostedControlPlane): Promise<HostedCluster | undefined> => {
  const [namespace, name] = (controlPlane.metadata.annotations?.[annotations.hostedCluster] ?? '').split('/');
  return namespace && name ? client.get(HostedCluster, { namespace, name }) : undefined;
};

const encryptionKeyOf = async (client: Client, { metadata, spec }: HostedControlPlane): Promise<Buffer | undefined> => {
  const name = spec.secretEncryption?.aescbc?.activeKey.name;
  if (name === undefined) return undefined;
  const secret = await client.get(Secret, { namespace: metadata.namespace, name });
  const key = secret?.data?.key;
  return key ? Buffer.from(key, 'base64') : undefined;
};

/** Reads the control plane of a namespace; its etcd must have all members ready. */
export const readPlane = async (client: Client, namespace: string): Promise<Outcome<Plane>> => {
  const [controlPlane] = (await client.list(HostedControlPlane, { namespace })).items;
  if (controlPlane === undefined) return refused(EtcdUnhealthy({ namespace, why: 'there is no HostedControlPlane' }));
  const etcd = await client.get(StatefulSet, { namespace, name: components.etcd });
  const [replicas, ready] = [etcd?.spec?.replicas ?? 0, etcd?.status?.readyReplicas ?? 0];
  if (replicas === 0 || ready < replicas) return refused(EtcdUnhealthy({ namespace, why: `${ready} of ${replicas} members are ready` }));
  const [hostedCluster, encryptionKey] = await Promise.all([hostedClusterOf(client, controlPlane), encryptionKeyOf(client, controlPlane)]);
  return done({ controlPlane, hostedCluster, replicas, encryptionKey });
};
