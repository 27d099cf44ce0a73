import type { KubeObject } from '@godwit/kube';
import { omit, part, withoutAnnotations } from './edit.ts';
import type { ItemRule } from './rule.ts';

const ACCOUNT = 'kubernetes.io/service-account.name';
const TOKEN = 'kubernetes.io/service-account-token';
const SERVING = 'service.alpha.openshift.io/originating-service-name';

const isDockerSecret = (name: string, account: string | undefined): boolean =>
  account === undefined ? /^(default|builder|deployer)-dockercfg-/.test(name) : name.startsWith(`${account}-dockercfg-`);

const withoutToken = (object: KubeObject): KubeObject => {
  const cleaned = withoutAnnotations(object, 'kubernetes.io/service-account.uid');
  return 'data' in cleaned ? ({ ...cleaned, data: omit(part(cleaned, 'data'), 'token', 'ca.crt') } as KubeObject) : cleaned;
};

/** Leaves out secrets that controllers generate, and empties hand-made token secrets so that they are filled anew. */
export const secretRule: ItemRule = {
  name: 'secret',
  on: ['secrets'],
  apply: (object, { migration }) => {
    const { name = '', annotations = {} } = object.metadata;
    const account = annotations[ACCOUNT];
    const { type } = object as KubeObject & { type?: string };
    if (migration && annotations[SERVING] !== undefined) return { skip: 'the certificate belongs to a service and is made anew' };
    if (migration && isDockerSecret(name, account)) return { skip: 'the pull secret is generated for its service account' };
    if (type !== TOKEN) return { keep: object };
    return account !== undefined && name.startsWith(`${account}-token-`)
      ? { skip: 'the token is generated for its service account' }
      : { keep: withoutToken(object) };
  },
};
