import { Namespace, Pod } from '@godwit/api';
import { advance, type Effect, fail, isTrue, wait } from '@godwit/controller';
import { type ClientFacts, clientEffects, readClientFacts } from '../client-effects.ts';
import { TRANSFER_ROLE } from '../names.ts';
import { STEP, volumePhase } from '../phase.ts';
import { PodsCreated, ServerFailed, ServersPending, ServersRunning, TransferImageNotPulled } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import { type Start, startsNow } from '../transfer/attempts.ts';
import { imageFault } from '../transfer/client-pods.ts';
import { networkPolicies } from '../transfer/network-policy.ts';
import type { PodSettings } from '../transfer/pod-parts.ts';
import { resourcesOf } from '../transfer/resources.ts';
import { runAs } from '../transfer/run-as.ts';
import { serverPod } from '../transfer/server-pod.ts';
import { byNamespace, type VolumePair, volumePairs } from '../volume-pair.ts';
import { copyStates } from '../volume-states.ts';

type Server = { namespace: string; pairs: readonly VolumePair[]; settings: PodSettings };

const readServers = (scope: Scope, pairs: readonly VolumePair[]): Promise<Server[]> =>
  Promise.all(
    byNamespace(pairs, 'target').map(async ([name, group]) => {
      const namespace = await scope.target.find(Namespace, { name });
      const as = runAs({
        namespace,
        migration: scope.owner,
        applications: [],
        supplementalGroups: scope.settings['TARGET_SUPPLEMENTAL_GROUPS'],
      });
      if (!as.root) scope.notes.withoutRoot.add(name);
      const resources = resourcesOf(scope.settings, 'TRANSFER_POD');
      return { namespace: name, pairs: group, settings: { image: scope.target.image, runAs: as, resources } };
    }),
  );

type Facts = { servers: readonly Server[]; starts: readonly Start[]; clients: ClientFacts };

/** Creates the receiving pods, and the first sending pods beside them: a client waits for its server by itself. */
export const createRsyncTransferPods = volumePhase({
  name: 'CreateRsyncTransferPods',
  step: STEP,
  description: 'Creating the transfer pods',
  observe: async (scope, dvm): Promise<Facts> => {
    const starts = startsNow(copyStates(scope, dvm), scope.clock.now().getTime(), scope.concurrency);
    const [servers, clients] = await Promise.all([
      readServers(scope, volumePairs(dvm)),
      readClientFacts(
        scope,
        starts.map(({ pair }) => pair),
      ),
    ]);
    return { servers, starts, clients };
  },
  decide: ({ servers, starts, clients }, dvm) => {
    const receiving = servers.map(({ namespace, pairs, settings }): Effect => {
      return { do: 'create', on: 'target', resource: Pod, object: serverPod(dvm, namespace, pairs, settings) };
    });
    const sending = starts.flatMap((start) => clientEffects(dvm, start, 'copy', clients));
    return advance(PodsCreated({ servers: servers.length, clients: starts.length }), [...networkPolicies(dvm), ...receiving, ...sending]);
  },
});

const crash = (pod: Pod): string | undefined => {
  const down = pod.status?.containerStatuses?.find(({ restartCount, state }) => restartCount >= 3 && !state?.running);
  return (
    down &&
    `container ${down.name}: ${down.lastState?.terminated?.message?.trim() || down.state?.waiting?.message || 'ends again and again'}`
  );
};

const pending = (pod: Pod): string => {
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  const waiting = pod.status?.containerStatuses?.find(({ state }) => state?.waiting)?.state?.waiting;
  const why = unscheduled?.message ?? (waiting && [waiting.reason, waiting.message].filter(Boolean).join(': '));
  return `${pod.metadata.namespace}/${pod.metadata.name}${why ? ` (${why})` : ''}`;
};

/** Seconds after which an image that cannot be pulled fails the copy; a registry may be slow to come back. */
export const IMAGE_PATIENCE_SECONDS = 120;

const age = (pod: Pod, now: number): number => (now - Date.parse(pod.metadata.creationTimestamp ?? new Date(now).toISOString())) / 1000;

type Waiting = { servers: readonly Pod[]; expected: number; now: number };

/** Waits until every receiving pod is ready, and therefore every target claim bound. */
export const waitForRsyncTransferPodsRunning = volumePhase({
  name: 'WaitForRsyncTransferPodsRunning',
  step: STEP,
  description: 'Waiting for the receiving pods to run',
  observe: async ({ target, clock }, dvm): Promise<Waiting> => ({
    servers: target.pods().filter(({ metadata }) => metadata.labels?.[TRANSFER_ROLE] === 'server'),
    expected: byNamespace(volumePairs(dvm), 'target').length,
    now: clock.now().getTime(),
  }),
  decide: ({ servers, expected, now }) => {
    const left = servers.filter(({ status }) => !isTrue(status?.conditions, 'Ready'));
    if (servers.length >= expected && left.length === 0) return advance(ServersRunning({ count: servers.length }));
    for (const pod of left) {
      const fault = imageFault(pod);
      const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
      const image = pod.spec?.containers?.[0]?.image ?? '';
      if (fault) {
        const said = TransferImageNotPulled({ pod: name, cluster: 'target', image, fault: fault.reason, message: fault.message });
        return age(pod, now) > IMAGE_PATIENCE_SECONDS ? fail(said) : wait(said, [], '15s');
      }
      const crashed = crash(pod);
      if (crashed) return fail(ServerFailed({ pod: name, said: crashed }));
    }
    return wait(ServersPending({ pods: left.map(pending).join(', ') || 'the receiving pods' }), [], '10s');
  },
});
