import type { KubeObject, ServedResource } from '@godwit/kube';
import { binds, type Need, roleOf } from '../collect/needs.ts';
import { GR, groupResource } from '../group-resource.ts';
import { inParallel } from '../in-parallel.ts';
import { type BackupRun, servedAs } from './backup-run.ts';
import { takeItem } from './take-item.ts';

const WIDTH = 16;

const fetchOne = async (run: BackupRun, resource: ServedResource, { namespace, name }: Need): Promise<KubeObject | undefined> => {
  try {
    const object = await run.client.get(resource, { namespace, name });
    if (!object)
      run.log.warning(`${groupResource(resource)} ${name} is needed but does not exist`, {
        resource: groupResource(resource),
        ...(namespace && { namespace }),
        name,
      });
    return object;
  } catch (error) {
    run.signal?.throwIfAborted();
    run.log.warning(`could not read ${name}: ${(error as Error).message}`, {
      resource: groupResource(resource),
      ...(namespace && { namespace }),
      name,
    });
    return undefined;
  }
};

const unique = (needs: readonly Need[]): Need[] => [
  ...new Map(needs.map((need) => [`${need.resource}|${need.namespace}|${need.name}`, need])).values(),
];

/** Adds the objects of one resource that collected objects need, as far as the filters admit them. */
export const takeNeeds = async (run: BackupRun, name: string): Promise<void> => {
  const resource = servedAs(run, name);
  if (!resource) return;
  const wanted = unique(run.needs.filter((need) => need.resource === name)).filter(
    (need) => run.filter.admits(resource, need.namespace) && !run.archive.has(name, need.namespace ?? '', need.name),
  );
  const objects = await inParallel(wanted, WIDTH, (need) => fetchOne(run, resource, need));
  for (const object of objects) if (object) await takeItem(run, resource, object);
};

/** Adds the cluster role bindings that speak of collected service accounts, and the roles that they grant. */
export const takeBindings = async (run: BackupRun): Promise<void> => {
  const bindings = servedAs(run, GR.clusterRoleBindings);
  if (!bindings || run.accounts.size === 0 || !run.filter.admits(bindings)) return;
  try {
    for await (const { items } of run.client.pages(bindings, { signal: run.signal })) {
      for (const binding of items.filter((each) => binds(each, run.accounts))) {
        await takeItem(run, bindings, binding);
        run.needs.push(...roleOf(binding));
      }
    }
  } catch (error) {
    run.signal?.throwIfAborted();
    run.log.warning(`could not list cluster role bindings: ${(error as Error).message}`, { resource: GR.clusterRoleBindings });
  }
  await takeNeeds(run, GR.clusterRoles);
};

/** Adds the definitions of the custom resources that were collected. */
export const takeDefinitions = async (run: BackupRun): Promise<void> => {
  const definitions = servedAs(run, GR.definitions);
  if (!definitions || !run.filter.addsDefinitions) return;
  const names = [...run.customResources].filter((name) => !run.archive.has(GR.definitions, '', name)).sort();
  const objects = await inParallel(names, WIDTH, (name) => run.client.get(definitions, { name }));
  for (const object of objects) if (object) await takeItem(run, definitions, object);
};
