import { ImageBasedUpgrade, ImageBasedUpgradeReport, Pod, Secret, SeedGenerator, UPGRADE_NAME } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { writeText } from '../carried/files.ts';
import { isIdle } from '../stage/stage-conditions.ts';
import { seedPlaces } from './places.ts';
import { readPullSecret, replacePullSecret, SANITIZED } from './pull-secret.ts';
import { requestName, SEED_SECRET, tell } from './requests.ts';
import { seedTexts } from './texts.ts';
import type { GenerationWorld, SeedStep } from './world.ts';

const BACK = 'Everything saved is put back into the cluster.';
const upgradeName = { name: UPGRADE_NAME };

const saveSecret: SeedStep = {
  name: 'save-secret',
  does: 'The Secret with the credentials for the seed image, and the cluster’s own, are saved to disk.',
  undo: BACK,
  timeoutSeconds: 120,
  attempts: 3,
  run: async (world) => {
    const { cluster, host } = world;
    const places = seedPlaces(host);
    await tell(world, seedTexts.preparing);
    const secret = await cluster.get(Secret, SEED_SECRET);
    const where = `${SEED_SECRET.name} in ${SEED_SECRET.namespace}`;
    if (secret === undefined) throw new Error(`could not access secret ${where}: secrets "${SEED_SECRET.name}" not found`);
    const credentials = secret.data?.seedAuth;
    if (!credentials) throw new Error(`could not find seedAuth in ${SEED_SECRET.name} secret`);
    await writeText(places.secret, JSON.stringify(secret));
    await writeText(places.credentials, Buffer.from(credentials, 'base64').toString());
    const own = await readPullSecret(cluster);
    // A run that was cut short has sanitized them already, and saved them before.
    if (own !== undefined && own !== SANITIZED) await writeText(places.pullSecret, own);
    return undefined;
  },
};

const removeFinishedPods = async (cluster: Client): Promise<void> => {
  for (const phase of ['Succeeded', 'Failed'])
    for (const { metadata } of (await cluster.list(Pod, { fieldSelector: `status.phase=${phase}` })).items)
      await cluster.delete(Pod, { namespace: metadata.namespace, name: metadata.name ?? '' });
};

const cleanCluster: SeedStep = {
  name: 'clean-cluster',
  does: 'Finished pods are removed, and the cluster’s credentials for registries replaced by some that open nothing.',
  undo: BACK,
  timeoutSeconds: 300,
  attempts: 3,
  run: async (world) => {
    await tell(world, seedTexts.cleaning);
    await removeFinishedPods(world.cluster);
    await replacePullSecret(world.cluster, SANITIZED);
    return undefined;
  },
};

const refuseUpgrade = async ({ cluster }: GenerationWorld): Promise<void> => {
  const upgrade = await cluster.get(ImageBasedUpgrade, upgradeName);
  if (upgrade?.status?.conditions !== undefined && !isIdle(upgrade.status.conditions))
    throw new Error(`an upgrade is under way: ${upgrade.spec?.stage ?? ''}`);
};

const removeRequests: SeedStep = {
  name: 'remove-requests',
  does: 'The request, its Secret and the upgrade are removed, so that they are not in the seed.',
  undo: BACK,
  timeoutSeconds: 300,
  attempts: 3,
  run: async (world) => {
    const { cluster, host } = world;
    await refuseUpgrade(world);
    await tell(world, seedTexts.launching);
    const last = await cluster.get(SeedGenerator, requestName);
    // Gone: an attempt that was cut short has saved it.
    if (last !== undefined) await writeText(seedPlaces(host).request, JSON.stringify(last));
    await cluster.delete(Secret, SEED_SECRET);
    await cluster.delete(SeedGenerator, requestName);
    await cluster.delete(ImageBasedUpgrade, upgradeName);
    await cluster.delete(ImageBasedUpgradeReport, upgradeName);
    return undefined;
  },
};

/** From a cluster that runs to one that holds nothing that must not be in the seed; in order. */
export const clusterSteps: readonly SeedStep[] = [saveSecret, cleanCluster, removeRequests];
