import { join } from 'node:path';
import { apiVersionOf, fieldManagers, Namespace, Node, Secret } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { remove } from '../carried/files.ts';
import { applyGroups } from '../manifests/apply.ts';
import { loadGroups, manifestNames } from '../manifests/carried-groups.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { loadFolder } from './flat-folder.ts';
import { handedOver, SEED_DATA } from './places.ts';
import type { FirstBoot, FirstBootStep } from './step.ts';

/** What the steps may touch once the cluster runs. */
type ClusterWorld = FirstBoot & { readonly cluster: Client };

type ClusterStep = FirstBootStep<ClusterWorld>;

const RETRY_SECONDS = 2;
/** Kinds and roles are loaded while the API server already answers. */
const PATIENCE_SECONDS = 300;

/** Does what may fail while a cluster starts, until it succeeds or the patience is over. */
const persevering = (step: ClusterStep): ClusterStep => ({
  ...step,
  run: async (world) => {
    const until = world.clock.now().getTime() + PATIENCE_SECONDS * 1000;
    for (;;) {
      try {
        return await step.run(world);
      } catch (error) {
        if (world.clock.now().getTime() > until) throw error;
        world.log.debug({ err: error, step: step.name }, 'not yet');
        await world.clock.sleep(RETRY_SECONDS);
      }
    }
  },
});

const requireNamespaces = async (cluster: Client, manifests: readonly Manifest[]): Promise<void> => {
  for (const name of new Set(manifests.flatMap(({ metadata }) => metadata.namespace ?? [])))
    await cluster
      .create(
        Namespace,
        { apiVersion: apiVersionOf(Namespace), kind: Namespace.kind, metadata: { name } },
        { fieldManager: fieldManagers.upgrade },
      )
      .catch((error: unknown) => {
        if (!isApiError(error, 'AlreadyExists')) throw error;
      });
};

const give = async ({ cluster }: ClusterWorld, groups: readonly (readonly Manifest[])[]): Promise<void> => {
  await requireNamespaces(cluster, groups.flat());
  const refusal = await applyGroups(cluster, groups);
  if (refusal !== undefined) throw new Error(refusal);
};

const savedManifests: ClusterStep = {
  name: 'saved-manifests',
  run: async (world) => {
    await give(world, [await loadFolder(join(world.root, handedOver.manifests))]);
    await give(world, await loadGroups(join(world.root, handedOver.extraManifests), manifestNames));
  },
};

const dataProtection: ClusterStep = {
  name: 'data-protection',
  run: async (world) => {
    const { secrets, storageLocations, dataProtection: applications } = handedOver;
    for (const folder of [secrets, storageLocations, applications]) await give(world, [await loadFolder(join(world.root, folder))]);
  },
};

const nodeLabels: ClusterStep = {
  name: 'node-labels',
  once: true,
  run: async ({ cluster, configuration: { hostname: name, node_labels: labels = {} } }) => {
    if ((await cluster.get(Node, { name })) === undefined) throw new Error(`the node ${name} has not registered`);
    await cluster.patch(Node, { name }, { metadata: { labels } }, { fieldManager: fieldManagers.upgrade });
  },
};

/** Tokens in Secrets were signed with keys of the seed; the controller of tokens fills in what is missing. */
const tokens: ClusterStep = {
  name: 'service-account-tokens',
  once: true,
  run: async ({ cluster }) => {
    const { items } = await cluster.list(Secret, { fieldSelector: 'type=kubernetes.io/service-account-token' });
    for (const { metadata } of items)
      await cluster.patch(Secret, { namespace: metadata.namespace, name: metadata.name ?? '' }, { data: { token: null, 'ca.crt': null } });
  },
};

/** The configuration holds secrets, and is of no use any more. */
const tidyUp: ClusterStep = {
  name: 'tidy-up',
  // Before its markers: a boot that found it without them would begin anew, and take the cluster’s own node out of its store.
  run: ({ root }) => remove(...[SEED_DATA, handedOver.configuration, handedOver.folder].map((path) => join(root, path))),
};

/** Gives the cluster, once it runs, what was saved of it; in order. */
export const clusterSteps: readonly ClusterStep[] = [...[savedManifests, dataProtection, nodeLabels, tokens].map(persevering), tidyUp];
