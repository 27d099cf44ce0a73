import { inShop, type Manifest, NAMESPACE } from '../manifest.ts';

/** Who the pods are, and what they may read: the shop's promotions. */
export const access = (): Manifest[] => [
  inShop('v1', 'ServiceAccount', 'shop', 'access', {}),
  inShop('rbac.authorization.k8s.io/v1', 'Role', 'shop', 'access', {
    rules: [{ apiGroups: ['shop.example.com'], resources: ['promotions'], verbs: ['get', 'list', 'watch'] }],
  }),
  inShop('rbac.authorization.k8s.io/v1', 'RoleBinding', 'shop', 'access', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'shop' },
    subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: NAMESPACE }],
  }),
];
