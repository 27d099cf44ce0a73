import type { KubeObject } from '@godwit/kube';
import { type Json, listPart, omit, part, withSpec } from './edit.ts';
import type { ItemRule } from './rule.ts';

const withoutMounts = (container: Json, dropped: ReadonlySet<unknown>): Json =>
  container.volumeMounts === undefined
    ? container
    : { ...container, volumeMounts: listPart(container, 'volumeMounts').filter(({ name }) => !dropped.has(name)) };

const withoutTokenVolumes = (spec: Json): Json => {
  const account = String(spec.serviceAccountName ?? 'default');
  const isToken = ({ name, secret }: Json) => secret !== undefined && String(name).startsWith(`${account}-token-`);
  const dropped = new Set(
    listPart(spec, 'volumes')
      .filter(isToken)
      .map(({ name }) => name),
  );
  if (dropped.size === 0) return spec;
  const containers = (key: string) =>
    spec[key] === undefined ? {} : { [key]: listPart(spec, key).map((each) => withoutMounts(each, dropped)) };
  return {
    ...spec,
    volumes: listPart(spec, 'volumes').filter(({ name }) => !dropped.has(name)),
    ...containers('containers'),
    ...containers('initContainers'),
  };
};

const isCompleted = (object: KubeObject): boolean => ['Succeeded', 'Failed'].includes(String(part(object, 'status').phase));

/** Leaves out pods that have ended, and those that a kubelet makes from its own files. */
export const endedPodRule: ItemRule = {
  name: 'ended-pod',
  on: ['pods'],
  apply: (object) => {
    if (isCompleted(object)) return { skip: 'the pod had completed' };
    return object.metadata.annotations?.['kubernetes.io/config.mirror'] === undefined
      ? { keep: object }
      : { skip: 'the pod mirrors a file of its node' };
  },
};

/** Frees a pod of its node, its computed priority and its old token volumes; of its node selector too in a migration. */
export const podRule: ItemRule = {
  name: 'pod',
  on: ['pods'],
  apply: (object, { migration }) => ({
    keep: withSpec(object, (spec) => withoutTokenVolumes(omit(spec, 'nodeName', 'priority', ...(migration ? ['nodeSelector'] : [])))),
  }),
};
