import { annotations, ConfigMap, HostedCluster, NodePool, Secret } from '@godwit/api';
import { textOf } from '../control-plane/pki/secret-data.ts';
import { controlPlaneNamespace } from '../names.ts';
import type { World } from '../world.ts';
import { type Claim, payloadOf, proofOf } from './payload.ts';
import type { Answer } from './server.ts';

const poolName = /^([a-z0-9][a-z0-9-]*)\/([a-z0-9][a-z0-9.-]*)$/;

/** The namespace of the control plane that a claimed pool belongs to; undefined: there is no such pool. */
const namespaceFor = async ({ management }: World, claim: Claim): Promise<string | undefined> => {
  const [, namespace, name] = poolName.exec(claim.pool) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const pool = await management.get(NodePool, { namespace, name });
  const cluster = pool && (await management.get(HostedCluster, { namespace, name: pool.spec.clusterName }));
  return cluster === undefined ? undefined : controlPlaneNamespace({ namespace, name: cluster.metadata.name ?? '' });
};

const markReached = async ({ management }: World, secret: Secret): Promise<void> => {
  const { namespace, name = '', annotations: known = {} } = secret.metadata;
  if (known[annotations.ignitionReached] === 'True') return;
  await management.patch(Secret, { namespace, name }, { metadata: { annotations: { [annotations.ignitionReached]: 'True' } } });
};

/** Answers the claims of machines from the token Secrets of their pool's control plane. */
export const answerFrom =
  (world: World): Answer =>
  async (claim) => {
    const namespace = await namespaceFor(world, claim);
    if (namespace === undefined) return undefined;
    const { items } = await world.management.list(Secret, { namespace });
    const proof = proofOf(claim, items, world.clock.now());
    const bootstrap = items.find(({ metadata }) => metadata.name === 'bootstrap-kubeconfig');
    const authority = await world.management.get(ConfigMap, { namespace, name: 'kubelet-client-ca' });
    if (proof === undefined || bootstrap === undefined) return undefined;
    const payload = payloadOf(proof, {
      bootstrapKubeconfig: textOf(bootstrap).kubeconfig ?? '',
      kubeletAuthority: authority?.data?.['ca.crt'] ?? '',
    });
    await markReached(world, proof);
    return JSON.stringify(payload);
  };
