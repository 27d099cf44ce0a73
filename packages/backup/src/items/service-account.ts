import type { KubeObject } from '@godwit/kube';
import { type Json, listPart } from './edit.ts';
import type { ItemRule } from './rule.ts';

const withoutFirst = (list: readonly Json[], matches: (each: Json) => boolean): Json[] => {
  const index = list.findIndex(matches);
  return list.filter((_, position) => position !== index);
};

/** Drops the references to generated secrets, which the target cluster makes anew. */
export const serviceAccountRule: ItemRule = {
  name: 'service-account',
  on: ['serviceaccounts'],
  apply: (object, { migration }) => {
    const name = object.metadata.name ?? '';
    const isDocker = (each: Json) => migration && String(each.name).startsWith(`${name}-dockercfg-`);
    const cleaned: Json = {};
    if ('secrets' in object) {
      const secrets = withoutFirst(listPart(object, 'secrets'), (each) => String(each.name).startsWith(`${name}-token-`));
      cleaned.secrets = secrets.filter((each) => !isDocker(each));
    }
    if ('imagePullSecrets' in object) cleaned.imagePullSecrets = listPart(object, 'imagePullSecrets').filter((each) => !isDocker(each));
    return { keep: { ...object, ...cleaned } as KubeObject };
  },
};
