import { type Progress, powerOffNode, removeNode, step } from '@godwit/devcluster';
import { execa } from 'execa';
import { apply } from '../manifests.ts';
import type { TestNode } from '../node.ts';
import { until } from '../until.ts';
import { NODE_REGISTRY, PLATFORM, type PlatformVersion } from './releases.ts';
import { startNode, type UpgradeSet } from './upgrade-set.ts';
import { AGENT } from './workload.ts';

/** The name under which nodes pull the seed of a version. */
export const seedImage = (version: PlatformVersion): string => `${NODE_REGISTRY}/lca/seed:${version}`;

type Conditions = { status?: { conditions?: { type: string; status: string; message: string }[] } };

const generate = async ({ kubectl }: TestNode, image: string): Promise<void> => {
  const seedAuth = JSON.stringify({ auths: {} });
  await apply(kubectl, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'seedgen', namespace: AGENT }, stringData: { seedAuth } });
  await apply(kubectl, {
    apiVersion: 'lca.openshift.io/v1',
    kind: 'SeedGenerator',
    metadata: { name: 'seedimage' },
    spec: { seedImage: image },
  });
  await until(`the seed ${image}`, 600, async () => {
    const { status } = JSON.parse(await kubectl.run(['get', 'seedgenerator', 'seedimage', '-o', 'json'])) as Conditions;
    const ended = status?.conditions?.find(({ type }) => type === 'SeedGenCompleted');
    if (ended?.status === 'False') throw new Error(ended.message);
    return ended?.status === 'True' ? ended : undefined;
  });
};

/** Makes a seed of a version on a cluster of its own, which is removed afterwards. `prepare` changes the cluster before. */
export const makeSeed = async (
  set: UpgradeSet,
  { maker, version, prepare }: { maker: string; version: PlatformVersion; prepare?: (node: TestNode) => Promise<unknown> },
  say: Progress,
): Promise<void> => {
  const node = await startNode(set, maker, version, say);
  // Prep brings the images that the seed cluster has pulled.
  await node.kubectl.run(['rollout', 'status', 'deployment/banner', '-n', PLATFORM, '--timeout=180s']);
  await prepare?.(node);
  await step(say, `make a seed of ${version}`, () => generate(node, seedImage(version)));
  await powerOffNode(set.id, maker);
  await removeNode(set.id, maker);
};

/** A shell line that lets the kubelet start on one node only: a seed that is made there never becomes healthy elsewhere. */
export const kubeletWorksOnlyOn = (node: string): string =>
  [
    `printf '#!/bin/sh\\ntest "$(hostname)" = ${node}\\n' > /etc/kubernetes/where-it-works`,
    'chmod 755 /etc/kubernetes/where-it-works',
    'mkdir -p /etc/systemd/system',
    "sed 's#^ExecStart=#ExecStartPre=/etc/kubernetes/where-it-works\\n&#' /usr/lib/systemd/system/kubelet.service > /etc/systemd/system/kubelet.service",
  ].join('; ');

/** The command of the product documents that finds out which registry a seed's images come from. */
export const registryOfSeed = async ({ registry, authorityPath }: UpgradeSet, version: PlatformVersion): Promise<string> => {
  const image = seedImage(version).replace(NODE_REGISTRY, registry);
  const line = `skopeo inspect --cert-dir "$CERTIFICATES" docker://${image} | jq -r '.Labels."com.openshift.lifecycle-agent.seed_cluster_info" | fromjson | .release_registry'`;
  const script = `set -e; CERTIFICATES=$(mktemp -d); trap 'rm -r "$CERTIFICATES"' EXIT; cp "$AUTHORITY" "$CERTIFICATES/ca.crt"; ${line}`;
  return (await execa('bash', ['-c', script], { env: { AUTHORITY: authorityPath } })).stdout.trim();
};
