import type { Pod } from '@godwit/api';
import { advance, fail, isTrue, wait } from '@godwit/controller';
import { type ClientFacts, clientEffects, readClientFacts } from '../client-effects.ts';
import { STEP, volumePhase } from '../phase.ts';
import { PodsCreated, ServerFailed, ServersPending, ServersRunning, TransferImageNotPulled } from '../reasons.ts';
import { readServerFacts, type ServerFacts, serverEffects, serversOf } from '../server-effects.ts';
import { type Start, startsNow } from '../transfer/attempts.ts';
import { imageFault } from '../transfer/client-pods.ts';
import { networkPolicies } from '../transfer/network-policy.ts';
import { copyStates } from '../volume-states.ts';

type Facts = { servers: ServerFacts; starts: readonly Start[]; clients: ClientFacts };

/** Creates the receiving pods, and the first sending pods beside them: a client waits for its server by itself. */
export const createRsyncTransferPods = volumePhase({
  name: 'CreateRsyncTransferPods',
  step: STEP,
  description: 'Creating the transfer pods',
  observe: async (scope, dvm): Promise<Facts> => {
    const starts = startsNow(copyStates(scope, dvm), scope.clock.now().getTime(), scope.concurrency);
    const [servers, clients] = await Promise.all([
      readServerFacts(scope, dvm),
      readClientFacts(
        scope,
        starts.map(({ pair }) => pair),
      ),
    ]);
    return { servers, starts, clients };
  },
  decide: ({ servers, starts, clients }, dvm) => {
    const sending = starts.flatMap((start) => clientEffects(dvm, start, 'copy', clients));
    const effects = [...networkPolicies(dvm), ...serverEffects(dvm, servers), ...sending];
    return advance(PodsCreated({ servers: servers.missing.length, clients: starts.length }), effects);
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

const WAITING = 'WaitForRsyncTransferPodsRunning';

type Waiting = { servers: readonly Pod[]; facts: ServerFacts; now: number };

/** Waits until every receiving pod is ready, and therefore every target claim bound; one that got lost is made anew. */
export const waitForRsyncTransferPodsRunning = volumePhase({
  name: WAITING,
  step: STEP,
  description: 'Waiting for the receiving pods to run',
  observe: async (scope, dvm): Promise<Waiting> => ({
    servers: serversOf(scope),
    facts: await readServerFacts(scope, dvm),
    now: scope.clock.now().getTime(),
  }),
  decide: ({ servers, facts, now }, dvm) => {
    const left = servers.filter(({ status }) => !isTrue(status?.conditions, 'Ready'));
    if (facts.missing.length === 0 && left.length === 0) return advance(ServersRunning({ count: servers.length }));
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
    // In the round that has made them the watch has not brought them yet.
    const lost = dvm.status?.phase === WAITING ? serverEffects(dvm, facts) : [];
    return wait(ServersPending({ pods: left.map(pending).join(', ') || 'the receiving pods' }), lost, '10s');
  },
});
