import { Pod } from '@godwit/api';
import type { Client, Resource } from '@godwit/kube';
import type { Scope } from '../scope.ts';
import { type Workload, workloadKinds } from './workload-kinds.ts';
import type { PodView } from './writers.ts';

/** Every workload of the namespaces, in the order in which quiescing takes the kinds. Read live: a stale copy could hide one that writes. */
export const readWorkloads = async (client: Client, namespaces: readonly string[]): Promise<Workload[]> => {
  const lists = await Promise.all(workloadKinds.flatMap((resource) => namespaces.map((namespace) => client.list(resource, { namespace }))));
  return lists.flatMap(({ items }) => items);
};

/** Every pod of the namespaces, read live. */
export const readPods = async (client: Client, namespaces: readonly string[]): Promise<PodView[]> =>
  (await Promise.all(namespaces.map((namespace) => client.list(Pod as Resource<PodView>, { namespace })))).flatMap(({ items }) => items);

/** The source's pods of the namespaces as the run's watch shows them; it may lag behind. */
export const watchedPods = async ({ world, source }: Scope, namespaces: readonly string[]): Promise<PodView[]> =>
  (await Promise.all(namespaces.map((namespace) => world.cache(source, Pod as Resource<PodView>, { namespace })))).flatMap((pods) =>
    pods.list(),
  );
