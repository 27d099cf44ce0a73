import type { KubeObject, ServedResource } from '@godwit/kube';
import { collectItems } from '../collect/collect-items.ts';
import { GR, groupResource } from '../group-resource.ts';
import { keepsNamespace } from '../select/namespace-rule.ts';
import { type BackupRun, servedAs } from './backup-run.ts';
import { takeItem } from './take-item.ts';
import { takeBindings, takeDefinitions, takeNeeds } from './take-needs.ts';

const ORDERED: readonly string[] = [GR.pods, GR.claims, GR.volumes];

const takeOrdered = async (run: BackupRun, resource: ServedResource): Promise<void> => {
  const name = groupResource(resource);
  const given = run.backup.spec.orderedResources ?? {};
  const list = given[name] ?? given[resource.plural] ?? '';
  for (const entry of list
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)) {
    const [first = '', second] = entry.split('/');
    const wanted = second === undefined ? { name: first } : { namespace: first, name: second };
    if (!run.filter.lists(resource) || (wanted.namespace !== undefined && !run.namespaces.passes(wanted.namespace))) continue;
    const object = await run.client.get(resource, wanted);
    if (object) await takeItem(run, resource, object);
  }
};

const takeListed = async (run: BackupRun, resources: readonly ServedResource[]): Promise<void> => {
  for (const resource of resources) await takeOrdered(run, resource);
  const pages = collectItems({
    client: run.client,
    resources,
    namespaces: run.namespaces,
    selectors: run.selectors,
    signal: run.signal,
    onProblem: (resource, error) =>
      run.log.error(`could not list ${groupResource(resource)}: ${(error as Error).message}`, { resource: groupResource(resource) }),
  });
  for await (const { resource, items } of pages) for (const item of items) await takeItem(run, resource, item);
};

const takeNamespaces = async (run: BackupRun, existing: readonly KubeObject[]): Promise<void> => {
  const resource = servedAs(run, GR.namespaces);
  if (!resource) return;
  for (const namespace of existing) {
    if (keepsNamespace(namespace, run.namespaces, run.selectors, run.holding.has(namespace.metadata.name ?? '')))
      await takeItem(run, resource, namespace);
  }
};

/** Collects everything that a backup holds: pods, claims and volumes first, each with what it needs, then the rest, definitions and namespaces. */
export const takeObjects = async (run: BackupRun, existing: readonly KubeObject[]): Promise<void> => {
  const listed = run.resources.filter((resource) => groupResource(resource) !== GR.namespaces && run.filter.lists(resource));
  for (const name of ORDERED) {
    await takeListed(
      run,
      listed.filter((resource) => groupResource(resource) === name),
    );
    await takeNeeds(run, name);
  }
  await takeListed(
    run,
    listed.filter((resource) => !ORDERED.includes(groupResource(resource))),
  );
  await takeNeeds(run, GR.priorityClasses);
  await takeBindings(run);
  await takeDefinitions(run);
  await takeNamespaces(run, existing);
};
