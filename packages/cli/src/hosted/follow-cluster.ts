import { ControlPlaneComponent, HostedCluster } from '@godwit/api';
import { type Client, isTransient, type ObjectName, watch } from '@godwit/kube';
import { Failure } from '../failure.ts';
import { shortDuration } from '../printers/age.ts';
import { conditionOf, isTrue } from '../printers/standard-conditions.ts';
import type { View } from '../progress/reporter.ts';
import { statesOf, type Waiting } from '../watch-object.ts';
import { homeOf } from './find.ts';

/** A hosted cluster that comes up, and the components of its control plane. */
export type ClusterState = { cluster: HostedCluster; components: readonly ControlPlaneComponent[] };

const isReady = (component: ControlPlaneComponent): boolean => isTrue(component, 'Available') && isTrue(component, 'RolloutComplete');

const nameOf = ({ metadata }: ControlPlaneComponent): string => metadata.name ?? '';

const waitsFor = (component: ControlPlaneComponent): string =>
  (conditionOf(component, 'Available')?.status === 'True' ? conditionOf(component, 'RolloutComplete') : conditionOf(component, 'Available'))
    ?.message ?? '';

const headline = ({ cluster, components }: ClusterState): string => {
  const ready = components.filter(isReady).length;
  return `${ready} of ${components.length} components; ${conditionOf(cluster, 'Available')?.message ?? 'waiting for the operator'}`;
};

const secondsSince = (time: string | undefined, now: Date): number => (time === undefined ? 0 : (now.getTime() - Date.parse(time)) / 1000);

/** Bad input that the controllers have found; it does not pass by itself. */
const FAULTS = ['ValidConfiguration', 'SupportedHostedCluster', 'ValidReleaseImage', 'ValidHostedControlPlaneConfiguration'] as const;

const faultsOf = ({ cluster }: ClusterState): string[] =>
  FAULTS.flatMap((type) => {
    const condition = conditionOf(cluster, type);
    return condition?.status === 'False' ? [`${type}: ${condition.reason}: ${condition.message}`] : [];
  });

/** How a hosted cluster that comes up is shown. */
export const clusterView: View<ClusterState> = {
  lines: (state, now) => [
    `${headline(state)}  (${shortDuration(secondsSince(state.cluster.metadata.creationTimestamp, now))})`,
    ...state.components.map((each) => `      ${isReady(each) ? '✓' : '·'} ${nameOf(each)}${isReady(each) ? '' : `  ${waitsFor(each)}`}`),
    ...faultsOf(state).map((line) => `      ${line}`),
  ],
  news: (before, state) => {
    const known = new Set((before?.components ?? []).filter(isReady).map(nameOf));
    const told = new Set(before === undefined ? [] : faultsOf(before));
    const line = headline(state);
    return [
      ...state.components.filter((each) => isReady(each) && !known.has(nameOf(each))).map((each) => `${nameOf(each)} is ready`),
      ...(before === undefined || headline(before) !== line ? [line] : []),
      ...faultsOf(state).filter((each) => !told.has(each)),
    ];
  },
};

/** Follows a hosted cluster until its API answers, telling every state. */
export const followCluster = async (
  client: Client,
  name: ObjectName,
  waiting: Waiting,
  tell: (state: ClusterState) => void,
): Promise<HostedCluster> => {
  const side = new AbortController();
  const signal = AbortSignal.any([waiting.signal, side.signal]);
  let cluster: HostedCluster | undefined;
  const known = new Map<string, ControlPlaneComponent>();
  const renew = () => {
    if (cluster !== undefined) tell({ cluster, components: [...known.values()].toSorted((a, b) => nameOf(a).localeCompare(nameOf(b))) });
  };
  const followComponents = async (namespace: string) => {
    const options = { namespace, signal, onFault: (error: unknown) => (isTransient(error) ? waiting.onFault?.(error) : undefined) };
    for await (const event of watch(client, ControlPlaneComponent, options)) {
      if (event.type === 'listing') known.clear();
      else if (event.type === 'deleted') known.delete(nameOf(event.object));
      else if (event.type !== 'settled') known.set(nameOf(event.object), event.object);
      if (event.type !== 'listing' && event.type !== 'listed') renew();
    }
  };
  let following: Promise<void> | undefined;
  try {
    for await (const state of statesOf(client, HostedCluster, name, waiting)) {
      if (state === undefined)
        throw new Failure(`hosted cluster "${name.name}" is gone`, {
          reason: 'NotFound',
          why: 'somebody has deleted it',
          next: 'godwit hosted get',
        });
      cluster = state;
      following ??= followComponents(homeOf(state));
      renew();
      if (isTrue(state, 'Available')) return state;
    }
    throw new Error(`the watch of hosted cluster ${name.name} ended`);
  } finally {
    side.abort();
    await following?.catch(() => {}); // only its end was awaited
  }
};
