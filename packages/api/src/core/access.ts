import type {
  SelfSubjectAccessReview as SelfSubjectAccessReviewFields,
  SelfSubjectRulesReview as SelfSubjectRulesReviewFields,
} from 'kubernetes-types/authorization/v1.d.ts';
import type {
  ClusterRoleBinding as ClusterRoleBindingFields,
  ClusterRole as ClusterRoleFields,
  RoleBinding as RoleBindingFields,
  Role as RoleFields,
} from 'kubernetes-types/rbac/v1.d.ts';
import type { ObjectOf } from '../kind.ts';
import { inGroup } from './resource.ts';

const rbac = inGroup('rbac.authorization.k8s.io', 'v1');

/** Permissions in a namespace. */
export const Role = rbac.namespaced<RoleFields>('Role', 'roles');
/** Permissions in a namespace. */
export type Role = ObjectOf<typeof Role>;

/** Who has them. */
export const RoleBinding = rbac.namespaced<RoleBindingFields>('RoleBinding', 'rolebindings');
/** Who has them. */
export type RoleBinding = ObjectOf<typeof RoleBinding>;

/** Permissions in the whole cluster. */
export const ClusterRole = rbac.cluster<ClusterRoleFields>('ClusterRole', 'clusterroles');
/** Permissions in the whole cluster. */
export type ClusterRole = ObjectOf<typeof ClusterRole>;

/** Who has permissions in the whole cluster. */
export const ClusterRoleBinding = rbac.cluster<ClusterRoleBindingFields>('ClusterRoleBinding', 'clusterrolebindings');
/** Who has permissions in the whole cluster. */
export type ClusterRoleBinding = ObjectOf<typeof ClusterRoleBinding>;

const authorization = inGroup('authorization.k8s.io', 'v1');

/** Asks whether the caller may do something; only created. */
export const SelfSubjectAccessReview = authorization.cluster<SelfSubjectAccessReviewFields>(
  'SelfSubjectAccessReview',
  'selfsubjectaccessreviews',
);
/** Asks whether the caller may do something; only created. */
export type SelfSubjectAccessReview = ObjectOf<typeof SelfSubjectAccessReview>;

/** Asks what the caller may do in a namespace; only created. */
export const SelfSubjectRulesReview = authorization.cluster<SelfSubjectRulesReviewFields>(
  'SelfSubjectRulesReview',
  'selfsubjectrulesreviews',
);
/** Asks what the caller may do in a namespace; only created. */
export type SelfSubjectRulesReview = ObjectOf<typeof SelfSubjectRulesReview>;
