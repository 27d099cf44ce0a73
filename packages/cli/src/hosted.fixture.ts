import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HostedCluster, HostedCluster as HostedClusterKind, Namespace } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { aHostedCluster, clusterPair } from '@godwit/testkit';
import { parse, stringify } from 'yaml';
import { callerOf } from './caller.fixture.ts';

/** A folder of this test file. */
export const folder = mkdtempSync(join(tmpdir(), 'godwit-hosted-'));

type Entry = { cluster: object; user: object };

const entryOf = (path: string): Entry => {
  const { clusters, users } = parse(readFileSync(path, 'utf8')) as { clusters: { cluster: object }[]; users: { user: object }[] };
  return { cluster: clusters[0]?.cluster ?? {}, user: users[0]?.user ?? {} };
};

const writeKubeconfig = (here: Entry, there: Entry): string => {
  const program = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'login-program', interactiveMode: 'Never' } };
  const list = Object.entries({ alpha: here, beta: there, 'alpha-again': here, 'by-program': { ...here, user: program } });
  const path = join(folder, 'kubeconfig');
  const text = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'alpha',
    clusters: list.map(([name, { cluster }]) => ({ name, cluster })),
    users: list.map(([name, { user }]) => ({ name, user })),
    contexts: list.map(([name]) => ({ name, context: { cluster: name, user: name } })),
  });
  writeFileSync(path, text);
  return path;
};

const namespaces = ['kube-system', 'clusters', 'clusters-demo', 'hypershift', 'openshift-migration'];

const ensureNamespaces = async (client: Client): Promise<void> => {
  for (const name of namespaces)
    await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }).catch(() => undefined); // some are there already
};

/** Creates an object and gives it a status. */
export const withStatus = async <T extends KubeObject>(client: Client, resource: Resource<T>, object: T, status?: object): Promise<T> => {
  const made = await client.create(resource, object);
  const { namespace, name = '' } = made.metadata;
  return status === undefined ? made : client.patch(resource, { namespace, name }, { status }, { subresource: 'status' });
};

/** A condition as controllers write it. */
export const settled = (type: string, status: 'True' | 'False', reason = 'AsExpected', message = 'All is well') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2030-01-01T00:00:00Z',
});

/** The name of an object beside hosted clusters. */
export const inClusters = (name: string) => ({ namespace: 'clusters', name });

/** Two management clusters, alpha with hosted cluster `demo`, and the program as it is called with contexts for both. */
export const hostedPair = async () => {
  const { host: beta, source: alpha, controlPlanes } = await clusterPair();
  await Promise.all([alpha, beta].map(ensureNamespaces));
  const demo: HostedCluster = await withStatus(alpha, HostedClusterKind, aHostedCluster(), {
    conditions: [settled('Available', 'True')],
    controlPlaneEndpoint: { host: 'api.demo.example.test', port: 6443 },
    kubeconfig: { name: 'demo-admin-kubeconfig' },
  });
  const kubeconfig = writeKubeconfig(entryOf(controlPlanes.source.kubeconfigPath), entryOf(controlPlanes.host.kubeconfigPath));
  const credentials = join(folder, 'credentials');
  writeFileSync(credentials, '[default]\naws_access_key_id = AK\naws_secret_access_key = hunter2\n');
  return { alpha, beta, demo, credentials, godwit: callerOf(kubeconfig, folder) };
};
