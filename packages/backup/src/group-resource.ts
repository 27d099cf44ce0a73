/** `plural` for the core group, else `plural.group`: the name of a resource in the archive and in filters. */
export const groupResource = ({ plural, group }: { plural: string; group: string }): string =>
  group === '' ? plural : `${plural}.${group}`;

/** Names of group-resources that rules refer to. */
export const GR = {
  namespaces: 'namespaces',
  pods: 'pods',
  claims: 'persistentvolumeclaims',
  volumes: 'persistentvolumes',
  definitions: 'customresourcedefinitions.apiextensions.k8s.io',
  serviceAccounts: 'serviceaccounts',
  clusterRoleBindings: 'clusterrolebindings.rbac.authorization.k8s.io',
  clusterRoles: 'clusterroles.rbac.authorization.k8s.io',
  priorityClasses: 'priorityclasses.scheduling.k8s.io',
} as const;
