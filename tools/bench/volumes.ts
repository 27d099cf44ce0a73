import { Namespace, PersistentVolume, PersistentVolumeClaim } from '@godwit/api';
import { execInNode } from '@godwit/devcluster';
import type { Client } from '@godwit/kube';
import { SET } from './stage.ts';
import { untilObject } from './until.ts';

/** Creates a namespace unless it exists. */
export const createNamespace = (client: Client, name: string): Promise<Namespace> =>
  client.apply(Namespace, { metadata: { name } }, { fieldManager: 'godwit-bench', force: true });

/** A claim of the default class. */
export const claim = (namespace: string, name: string, size: string): PersistentVolumeClaim => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace, name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
});

/** Where the files of a bound claim lie in the namespaces of its node. */
export const folderOfClaim = async (client: Client, namespace: string, name: string): Promise<string> => {
  const { spec } = await untilObject(client, PersistentVolumeClaim, {
    namespace,
    name,
    seconds: 60,
    holds: ({ status }) => status?.phase === 'Bound',
  });
  const volume = await client.get(PersistentVolume, { name: spec?.volumeName ?? '' });
  const path = volume?.spec?.hostPath?.path;
  if (path === undefined) throw new Error(`claim ${namespace}/${name} is not bound to a volume in a folder`);
  return path;
};

/** Creates a claim, waits until it is bound and fills its volume by a shell script that runs in its folder. */
export const filledClaim = async (
  client: Client,
  cluster: string,
  { namespace, name, size, script }: { namespace: string; name: string; size: string; script: string },
): Promise<string> => {
  await client.apply(PersistentVolumeClaim, claim(namespace, name, size), { fieldManager: 'godwit-bench', force: true });
  const folder = await folderOfClaim(client, namespace, name);
  await execInNode(SET, cluster, ['/bin/bash', '-euc', `cd ${folder}; rm -rf ./*; ${script}`]);
  return folder;
};

/** Writes out what the file systems of both nodes still hold back, so that no sample pays for the one before. */
export const settleDisks = async (): Promise<void> => {
  for (const cluster of ['alpha', 'beta']) await execInNode(SET, cluster, ['/usr/bin/sync', '-f', '/tmp/hostpath_pv']);
};
