import type {
  DaemonSet as DaemonSetFields,
  Deployment as DeploymentFields,
  ReplicaSet as ReplicaSetFields,
  StatefulSet as StatefulSetFields,
} from 'kubernetes-types/apps/v1.d.ts';
import type { HorizontalPodAutoscaler as HorizontalPodAutoscalerFields } from 'kubernetes-types/autoscaling/v2.d.ts';
import type { CronJob as CronJobFields, Job as JobFields } from 'kubernetes-types/batch/v1.d.ts';
import type { PodDisruptionBudget as PodDisruptionBudgetFields } from 'kubernetes-types/policy/v1.d.ts';
import type { ObjectOf } from '../kind.ts';
import { inGroup } from './resource.ts';

const apps = inGroup('apps', 'v1');

/** Interchangeable pods. */
export const Deployment = apps.namespaced<DeploymentFields>('Deployment', 'deployments');
/** Interchangeable pods. */
export type Deployment = ObjectOf<typeof Deployment>;

/** Pods with names and volumes of their own. */
export const StatefulSet = apps.namespaced<StatefulSetFields>('StatefulSet', 'statefulsets');
/** Pods with names and volumes of their own. */
export type StatefulSet = ObjectOf<typeof StatefulSet>;

/** One version of a Deployment. */
export const ReplicaSet = apps.namespaced<ReplicaSetFields>('ReplicaSet', 'replicasets');
/** One version of a Deployment. */
export type ReplicaSet = ObjectOf<typeof ReplicaSet>;

/** One pod per node. */
export const DaemonSet = apps.namespaced<DaemonSetFields>('DaemonSet', 'daemonsets');
/** One pod per node. */
export type DaemonSet = ObjectOf<typeof DaemonSet>;

const batch = inGroup('batch', 'v1');

/** Work that ends. */
export const Job = batch.namespaced<JobFields>('Job', 'jobs');
/** Work that ends. */
export type Job = ObjectOf<typeof Job>;

/** Jobs at certain times. */
export const CronJob = batch.namespaced<CronJobFields>('CronJob', 'cronjobs');
/** Jobs at certain times. */
export type CronJob = ObjectOf<typeof CronJob>;

/** Changes replica counts by load. */
export const HorizontalPodAutoscaler = inGroup('autoscaling', 'v2').namespaced<HorizontalPodAutoscalerFields>(
  'HorizontalPodAutoscaler',
  'horizontalpodautoscalers',
);
/** Changes replica counts by load. */
export type HorizontalPodAutoscaler = ObjectOf<typeof HorizontalPodAutoscaler>;

/** How many pods may be missing at once. */
export const PodDisruptionBudget = inGroup('policy', 'v1').namespaced<PodDisruptionBudgetFields>(
  'PodDisruptionBudget',
  'poddisruptionbudgets',
);
/** How many pods may be missing at once. */
export type PodDisruptionBudget = ObjectOf<typeof PodDisruptionBudget>;
