import type { ControlPlaneComponent, HostedCluster } from '@godwit/api';
import { apply } from '../manifests.ts';
import { until } from '../until.ts';
import { CLUSTERS, type HostedSet, type Side } from './hosted-set.ts';
import { HOME, SAMPLE, type SampleOptions, sampleCluster, sampleParts, samplePool, WORKERS } from './sample.ts';

/** The hosted cluster on one side; undefined when it is not there. */
export const readCluster = async (set: HostedSet, side: Side): Promise<HostedCluster | undefined> => {
  const text = await set[side].run(['get', 'hostedcluster', SAMPLE, '-n', CLUSTERS, '-o', 'json', '--ignore-not-found']);
  return text === '' ? undefined : (JSON.parse(text) as HostedCluster);
};

/** Whether a condition of this type is True. */
const isTrue = ({ status }: HostedCluster | ControlPlaneComponent, type: string): boolean =>
  (status?.conditions ?? []).some((each) => each.type === type && each.status === 'True');

/** The parts of its control plane. */
const readComponents = async (set: HostedSet, side: Side): Promise<ControlPlaneComponent[]> =>
  (JSON.parse(await set[side].run(['get', 'controlplanecomponents', '-n', HOME, '-o', 'json'])) as { items: ControlPlaneComponent[] })
    .items;

/** Creates the hosted cluster and waits until it is available at its version; `seen` is called with what is available every now and then. */
export const startSample = async (
  set: HostedSet,
  side: Side,
  options: SampleOptions = {},
  seen: (available: readonly string[]) => void = () => {},
): Promise<HostedCluster> => {
  await apply(set[side], ...sampleParts(set, options), sampleCluster(set, options));
  return until('the hosted cluster to be available at its version', 300, async () => {
    const [cluster, components] = await Promise.all([readCluster(set, side), readComponents(set, side)]);
    seen(components.filter((each) => isTrue(each, 'Available')).map(({ metadata }) => metadata.name ?? ''));
    const done = cluster?.status?.version?.history?.[0]?.state === 'Completed';
    return cluster !== undefined && isTrue(cluster, 'Available') && done ? cluster : undefined;
  });
};

type Node = { metadata: { name: string; uid: string }; status: { conditions: { type: string; status: string }[] } };

/** UIDs of the Ready nodes by name, as the hosted cluster tells them. */
export const readyNodes = async (hosted: HostedSet['alpha']): Promise<Map<string, string>> => {
  const { items } = JSON.parse(await hosted.run(['get', 'nodes', '-o', 'json'])) as { items: Node[] };
  const ready = items.filter(({ status }) => status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'));
  return new Map(ready.map(({ metadata }) => [metadata.name, metadata.uid]));
};

/** Sets the pool of workers and waits until that many nodes, no more and no fewer, are Ready. */
export const startWorkers = async (
  set: HostedSet,
  { side, replicas, config }: { side: Side; replicas: number; config?: readonly string[] },
  hosted: HostedSet['alpha'],
): Promise<Map<string, string>> => {
  await apply(set[side], samplePool(set, replicas, config));
  return until(`${replicas} nodes of pool ${WORKERS} to be Ready`, 300, async () => {
    const nodes = await readyNodes(hosted);
    const pool = JSON.parse(await set[side].run(['get', 'nodepool', WORKERS, '-n', CLUSTERS, '-o', 'json'])) as {
      status?: { replicas?: number };
    };
    return nodes.size === replicas && pool.status?.replicas === replicas ? nodes : undefined;
  });
};
