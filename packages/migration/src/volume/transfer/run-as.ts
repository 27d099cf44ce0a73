import type { MigMigration, Namespace, Pod } from '@godwit/api';
import type { RunAs } from './pod-parts.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const NOBODY = 65534;

/** Whether a pod mounts a claim of its namespace. */
export const mounts = (pod: Pod, claim: string): boolean =>
  pod.spec?.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim) ?? false;

const groups = (text: string | undefined): number[] =>
  (text ?? '')
    .split(',')
    .map((word) => Number.parseInt(word, 10))
    .filter((group) => !Number.isNaN(group));

/** What decides who a transfer runs as. */
export type RunAsFacts = {
  namespace: Namespace | undefined;
  migration: Pick<MigMigration, 'spec'> | undefined;
  /** Pods of the namespace that mount a volume which is copied; without root their user and groups can read the files. */
  applications: readonly Pod[];
  /** SOURCE_SUPPLEMENTAL_GROUPS or TARGET_SUPPLEMENTAL_GROUPS. */
  supplementalGroups: string | undefined;
};

/**
 * Root, unless the migration or the namespace refuses it: only the `restricted` level does, since a transfer
 * needs no capability that `baseline` forbids. Without root the application's own user is taken.
 */
export const runAs = ({ namespace, migration, applications, supplementalGroups }: RunAsFacts): RunAs => {
  const root = migration?.spec.runAsRoot !== false && namespace?.metadata.labels?.[ENFORCE] !== 'restricted';
  const extra = groups(supplementalGroups);
  if (root) return { root, user: undefined, group: undefined, supplementalGroups: extra };
  const contexts = applications.map(({ spec }) => ({ ...spec?.securityContext, ...spec?.containers?.[0]?.securityContext }));
  const theirs = contexts.flatMap(({ fsGroup, supplementalGroups: more }) => [
    ...(fsGroup === undefined ? [] : [fsGroup]),
    ...(more ?? []),
  ]);
  return {
    root,
    user: migration?.spec.runAsUser ?? contexts.find(({ runAsUser }) => runAsUser)?.runAsUser ?? NOBODY,
    group: migration?.spec.runAsGroup ?? contexts.find(({ runAsGroup }) => runAsGroup)?.runAsGroup,
    supplementalGroups: [...new Set([...extra, ...theirs])],
  };
};
