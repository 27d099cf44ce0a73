import type { KubeObject } from '@godwit/kube';
import { type Json, listPart, omit, part } from '../items/edit.ts';
import { resetMetadata } from '../items/metadata.ts';
import { NAMES } from '../names.ts';
import { isSame, mergePatch } from './merge-patch.ts';

/** What to do where an object of the name exists. `patch` is a merge patch; `labels` is the patch to fall back to. */
export type Existing =
  | { do: 'nothing' }
  | { do: 'warn' }
  | { do: 'merge'; patch: Json }
  | { do: 'update'; patch: Json; labels: Json }
  | { do: 'relabel'; labels: Json };

const OURS = [NAMES.backupName, NAMES.restoreName] as const;

/** Objects that API server and controllers put into every namespace by themselves. */
const isMadeByCluster = (resource: string, { metadata: { name = '' } }: KubeObject): boolean => {
  if (resource === 'configmaps') return name === 'kube-root-ca.crt' || name === 'openshift-service-ca.crt';
  if (resource === 'secrets') return /^(default|builder|deployer)-(token|dockercfg)-/.test(name);
  if (resource === 'endpoints' || resource === 'endpointslices.discovery.k8s.io') return true;
  return resource === 'namespaces' || (resource === 'services' && name === 'kubernetes');
};

const comparable = (object: KubeObject): Json => {
  const bare = omit(resetMetadata(object), 'status');
  const { metadata } = bare;
  const labels = omit(metadata.labels ?? {}, ...OURS);
  const annotations = metadata.annotations ?? {};
  const kept = omit(metadata, 'managedFields', 'labels', 'annotations');
  return {
    ...bare,
    metadata: { ...kept, ...(Object.keys(labels).length > 0 && { labels }), ...(Object.keys(annotations).length > 0 && { annotations }) },
  };
};

const ourLabels = (desired: KubeObject): Json => ({
  metadata: { labels: Object.fromEntries(OURS.map((key) => [key, desired.metadata.labels?.[key]])) },
});

const appended = (live: readonly Json[], desired: readonly Json[]): Json[] => [
  ...live,
  ...desired.filter(({ name }) => !live.some((each) => each.name === name)),
];

/** The patch that adds to a service account what it lacks; existing labels, annotations and references win. */
const accountPatch = (live: KubeObject, desired: KubeObject): Json => {
  const merged: Json = {
    metadata: {
      labels: { ...omit(desired.metadata.labels ?? {}, ...OURS), ...live.metadata.labels },
      annotations: { ...desired.metadata.annotations, ...live.metadata.annotations },
    },
    secrets: appended(listPart(live, 'secrets'), listPart(desired, 'secrets')),
    imagePullSecrets: appended(listPart(live, 'imagePullSecrets'), listPart(desired, 'imagePullSecrets')),
  };
  const before = {
    metadata: { labels: live.metadata.labels ?? {}, annotations: live.metadata.annotations ?? {} },
    secrets: listPart(live, 'secrets'),
    imagePullSecrets: listPart(live, 'imagePullSecrets'),
  };
  return mergePatch(before, merged);
};

const judgeAccount = (live: KubeObject, desired: KubeObject): Existing => {
  const patch = accountPatch(live, desired);
  return Object.keys(patch).length === 0 ? { do: 'nothing' } : { do: 'merge', patch };
};

/** Judges an existing object against the one to restore, by the policy `none`, `update` or empty. */
export const judgeExisting = (resource: string, live: KubeObject, desired: KubeObject, policy: string | undefined): Existing => {
  if (resource === 'serviceaccounts') return judgeAccount(live, desired);
  if (isMadeByCluster(resource, desired)) return { do: 'nothing' };
  const [before, after] = [comparable(live), comparable(desired)];
  const labels = ourLabels(desired);
  if (isSame(before, after)) {
    const current = part(live.metadata, 'labels');
    const fresh = OURS.every((key) => current[key] === desired.metadata.labels?.[key]);
    return policy === 'update' && !fresh ? { do: 'relabel', labels } : { do: 'nothing' };
  }
  if (policy !== 'update') return { do: 'warn' };
  const patch = mergePatch(before, after);
  return {
    do: 'update',
    patch: {
      ...patch,
      metadata: { ...part(patch, 'metadata'), labels: { ...part(patch, 'metadata', 'labels'), ...part(labels, 'metadata', 'labels') } },
    },
    labels,
  };
};
