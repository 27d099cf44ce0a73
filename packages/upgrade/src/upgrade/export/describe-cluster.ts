import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Node } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { clusterIdOf } from '../../backup/cluster-id.ts';
import { readText } from '../../carried/files.ts';
import { API_VERSION, type ClusterConfiguration } from '../../first-boot/cluster-configuration.ts';
import { variablesOf } from '../../first-boot/node-identity.ts';
import { nodePlaces } from '../../first-boot/places.ts';
import type { HostDriver } from '../../host/driver.ts';

/** Labels that the kubelet and its cluster give a node by themselves. */
const OWN_LABELS = /^(beta\.kubernetes\.io|kubernetes\.io|node\.kubernetes\.io|topology\.kubernetes\.io)\//;

/** The labels of a node that somebody gave it. */
const givenLabels = (labels: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !OWN_LABELS.test(key)));

type File = { name: string; content: string };

const sshKeys = async (root: string): Promise<File[]> => {
  const folder = join(root, nodePlaces.sshKeys);
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^ssh_host_.*key(\.pub)?$/.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, content: (await readText(join(folder, name))) ?? '' })));
};

const given = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };

const onlyNode = async (cluster: Client): Promise<Node> => {
  const [node, ...others] = (await cluster.list(Node)).items;
  if (node === undefined || others.length > 0)
    throw new Error(`A cluster of one node is upgraded like this; this one has ${others.length + (node ? 1 : 0)}`);
  return node;
};

/** Describes the cluster that runs here, so that the first boot of another release becomes it. Holds secrets. */
export const describeCluster = async (cluster: Client, host: Pick<HostDriver, 'root'>): Promise<ClusterConfiguration> => {
  const at = (path: string): Promise<string | undefined> => readText(join(host.root, path));
  const node = await onlyNode(cluster);
  const identity = variablesOf((await at(nodePlaces.identity)) ?? '');
  const addresses = (node.status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
  const ip = identity.NODE_IP ?? addresses[0];
  const keys = await sshKeys(host.root);
  const bundle = await at(nodePlaces.trustBundle);
  return {
    api_version: API_VERSION,
    cluster_name: identity.CLUSTER_NAME ?? node.metadata.name ?? '',
    base_domain: identity.BASE_DOMAIN ?? 'local',
    cluster_id: identity.CLUSTER_ID ?? (await clusterIdOf({ cluster, host: host as HostDriver })),
    hostname: node.metadata.name ?? '',
    ...given('node_ip', ip),
    node_ips: addresses,
    ...given('pull_secret', await at(nodePlaces.pullSecret)),
    node_labels: givenLabels(node.metadata.labels),
    ...given('server_ssh_keys', keys.length > 0 ? keys : undefined),
    ...given('chrony_config', await at(nodePlaces.chrony)),
    ...given('additionalTrustBundle', bundle === undefined ? undefined : { userCaBundle: bundle }),
  };
};
