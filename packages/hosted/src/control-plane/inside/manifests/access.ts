import { ClusterRole, ClusterRoleBinding, ServiceAccount } from '@godwit/api';
import type { Manifest } from '../../manifest.ts';
import { insideObject, SYSTEM } from './inside.ts';

const RBAC = 'rbac.authorization.k8s.io';

const binding = (name: string, role: string, subject: Record<string, string>): Manifest =>
  insideObject(ClusterRoleBinding, name, { subjects: [subject], roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role } });

/** Gives a service account of kube-system a role of the whole cluster; its own rules make the role, without them the role exists. */
export const serviceAccountWith = (name: string, role: string, rules?: readonly object[]): Manifest[] => [
  insideObject(ServiceAccount, name, {}),
  ...(rules ? [insideObject(ClusterRole, role, { rules })] : []),
  binding(`godwit:${name}`, role, { kind: 'ServiceAccount', name, namespace: SYSTEM }),
];

/** Lets new nodes ask for their first certificate, and the API server reach kubelets. No request is granted by that. */
export const accessOfNodes = (): Manifest[] => [
  binding('godwit:node-bootstrapper', 'system:node-bootstrapper', { kind: 'Group', apiGroup: RBAC, name: 'system:bootstrappers' }),
  binding('godwit:kube-apiserver-to-kubelet', 'system:kubelet-api-admin', { kind: 'User', apiGroup: RBAC, name: 'system:kube-apiserver' }),
];
