import type { Manifest } from './apply.ts';

/** A rule of RBAC. */
export type Rule = { apiGroups: readonly string[]; resources: readonly string[]; verbs: readonly string[] };

const GROUP = 'rbac.authorization.k8s.io';

/** Gives one user the rights of these rules in the whole cluster, through a ClusterRole of the user's name. */
export const accessRules = (user: string, rules: readonly Rule[]): Manifest[] => [
  {
    path: `/apis/${GROUP}/v1/clusterroles/${user}`,
    object: { apiVersion: `${GROUP}/v1`, kind: 'ClusterRole', metadata: { name: user }, rules },
  },
  {
    path: `/apis/${GROUP}/v1/clusterrolebindings/${user}`,
    object: {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: user },
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: user },
      subjects: [{ apiGroup: GROUP, kind: 'User', name: user }],
    },
  },
];
