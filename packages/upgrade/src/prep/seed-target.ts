import { ConfigMap, Node } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { readText } from '../carried/files.ts';
import type { SeedTarget } from '../seed/compatibility.ts';
import { architectureHere } from '../seed/image/layout.ts';
import { openShift } from './open-shift.ts';

const CURRENT_CONFIG = 'machineconfiguration.openshift.io/currentConfig';

/** Whether only validated cryptography is used: as the node's rendered configuration says or, without one, as the kernel does. */
const hasFips = async (cluster: Client, node: Node | undefined): Promise<boolean> => {
  const name = node?.metadata.annotations?.[CURRENT_CONFIG];
  const config = name === undefined ? undefined : await cluster.get(openShift.MachineConfig, { name });
  if (config !== undefined) return config.spec?.fips === true;
  return (await readText('/proc/sys/crypto/fips_enabled'))?.trim() === '1';
};

/** Reads what a cluster must have in common with its seed; a part of OpenShift that it does not have counts as not configured. */
export const readSeedTarget = async (cluster: Client, containerStorageTarget: string): Promise<SeedTarget> => {
  const [{ items: nodes }, proxy, bundle] = await Promise.all([
    cluster.list(Node),
    cluster.get(openShift.Proxy, { name: 'cluster' }),
    cluster.get(ConfigMap, { namespace: 'openshift-config', name: 'user-ca-bundle' }),
  ]);
  const [node] = nodes;
  return {
    architecture: node?.status?.nodeInfo?.architecture || architectureHere(),
    hasProxy: Boolean(proxy?.spec?.httpProxy || proxy?.spec?.httpsProxy),
    hasFips: await hasFips(cluster, node),
    hasUserCaBundle: bundle !== undefined,
    proxyConfigmapName: proxy?.spec?.trustedCA?.name ?? '',
    containerStorageTarget,
  };
};
