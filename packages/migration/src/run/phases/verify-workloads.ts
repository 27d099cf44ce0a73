import { advance, wait } from '@godwit/controller';
import { readWorkloads } from '../quiesce/read.ts';
import type { Workload } from '../quiesce/workload-kinds.ts';
import { UnhealthyNamespaces, Verified, WorkloadsStarting } from '../reasons.ts';
import { runPhase } from '../scope.ts';
import { secondsIn } from '../seconds-in.ts';

type Scaled = Workload & { status?: { readyReplicas?: number; desiredNumberScheduled?: number; numberReady?: number } };

/** A workload that another one owns is its owner's business. */
const notReady = ({ kind, metadata, spec = {}, status = {} }: Scaled): boolean => {
  if ((metadata.ownerReferences ?? []).length > 0) return false;
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet') return (status.readyReplicas ?? 0) < (spec.replicas ?? 1);
  if (kind === 'DaemonSet') return status.desiredNumberScheduled === undefined || (status.numberReady ?? 0) < status.desiredNumberScheduled;
  return false;
};

const PATIENCE_SECONDS = 300;

/** Waits until every workload of the target's namespaces is ready; what is still not ready after five minutes makes the run a success with warnings. */
export const verifyWorkloads = runPhase({
  name: 'Verification',
  step: 'Cleanup',
  description: 'Verifying health of migrated Pods',
  deadlineSeconds: 2 * PATIENCE_SECONDS,
  when: ({ flags }) => flags.hasVerify,
  observe: async ({ target, namespaces, world }, run) => {
    const workloads = (await readWorkloads(
      target,
      namespaces.map(({ target: name }) => name),
    )) as Scaled[];
    return {
      unready: workloads.filter(notReady),
      seconds: secondsIn(run, 'Verification', world.clock.now()),
    };
  },
  decide: ({ unready, seconds }) => {
    if (unready.length === 0) return advance(Verified());
    const workloads = unready.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).join(', ');
    return seconds > PATIENCE_SECONDS ? advance(UnhealthyNamespaces({ workloads })) : wait(WorkloadsStarting({ workloads }));
  },
});
