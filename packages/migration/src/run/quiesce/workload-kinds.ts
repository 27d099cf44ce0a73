import { CronJob, DaemonSet, Deployment, Job, ReplicaSet, StatefulSet } from '@godwit/api';
import type { KubeObject, Resource } from '@godwit/kube';

/** A workload as quiescing sees it: only the fields that put it to sleep. */
export type Workload = KubeObject & {
  spec?: {
    replicas?: number;
    paused?: boolean;
    suspend?: boolean;
    parallelism?: number;
    template?: { spec?: { nodeSelector?: Record<string, string>; volumes?: { persistentVolumeClaim?: { claimName?: string } }[] } };
  };
  status?: {
    replicas?: number;
    observedGeneration?: number;
    active?: number;
    completionTime?: string;
    conditions?: { type: string; status: string }[];
  };
};

const asWorkload = (resource: Resource): Resource<Workload> => resource as Resource<Workload>;

/** The kinds that quiescing puts to sleep, in upstream's order: what starts pods by a clock goes first. */
export const workloadKinds: readonly Resource<Workload>[] = [CronJob, Deployment, StatefulSet, ReplicaSet, DaemonSet, Job].map((each) =>
  asWorkload(each as Resource),
);

/** The resource behind a recorded workload, or undefined for a kind that quiescing does not know. */
export const workloadKind = ({ kind }: { kind: string }): Resource<Workload> | undefined =>
  workloadKinds.find((each) => each.kind === kind);
