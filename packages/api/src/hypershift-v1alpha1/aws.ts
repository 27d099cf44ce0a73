import { isJson, type Json, jsonOf, listOf, present, withField, without } from './json.ts';

const FROM_SECRET = 'arn-from-secret::';

/** Roles by the namespace that they are for, with the Secret of credentials there. */
const ROLES = [
  { namespace: 'openshift-image-registry', name: 'installer-cloud-credentials', field: 'imageRegistryARN' },
  { namespace: 'openshift-ingress-operator', name: 'cloud-credentials', field: 'ingressARN' },
  { namespace: 'openshift-cloud-network-config-controller', name: 'cloud-credentials', field: 'networkARN' },
  { namespace: 'openshift-cluster-csi-drivers', name: 'ebs-cloud-credentials', field: 'storageARN' },
] as const;

const CREDENTIALS = [
  ['kubeCloudControllerCreds', 'kubeCloudControllerARN'],
  ['nodePoolManagementCreds', 'nodePoolManagementARN'],
  ['controlPlaneOperatorCreds', 'controlPlaneOperatorARN'],
] as const;

/** A Secret with credentials as a role; the operator finds the role in the Secret. */
export const roleFromSecret = (reference: unknown): string | undefined => {
  const { name } = jsonOf(reference);
  return typeof name === 'string' && name !== '' ? `${FROM_SECRET}${name}` : undefined;
};

/** The Secret that a role came from; undefined for a role that is one. */
export const secretOfRole = (role: unknown): Json | undefined =>
  typeof role === 'string' && role.startsWith(FROM_SECRET) ? { name: role.slice(FROM_SECRET.length) } : undefined;

/** Roles by namespace and Secrets with credentials become roles by purpose. */
export const awsUp = (aws: Json): Json => {
  const roles = listOf(aws.roles).map(jsonOf);
  const rolesRef = {
    ...jsonOf(aws.rolesRef),
    ...present(ROLES.map(({ namespace, field }) => [field, roles.find((role) => role.namespace === namespace)?.arn])),
    ...present(CREDENTIALS.map(([old, field]) => [field, roleFromSecret(aws[old])])),
  };
  const rest = without(aws, 'roles', ...CREDENTIALS.map(([old]) => old));
  return isJson(aws.rolesRef) || Object.keys(rolesRef).length > 0 ? { ...rest, rolesRef } : rest;
};

/** Roles by purpose become roles by namespace, and Secrets where the roles came from some; others stay roles by purpose. */
export const awsDown = (aws: Json): Json => {
  if (!isJson(aws.rolesRef)) return aws;
  const { rolesRef } = aws;
  const named = ROLES.filter(({ field }) => typeof rolesRef[field] === 'string');
  const fromSecrets = CREDENTIALS.filter(([, field]) => secretOfRole(rolesRef[field]) !== undefined);
  const rest = without(rolesRef, ...named.map(({ field }) => field), ...fromSecrets.map(([, field]) => field));
  return {
    ...withField(aws, 'rolesRef', Object.keys(rest).length > 0 ? rest : undefined),
    ...(named.length > 0 && { roles: named.map(({ namespace, name, field }) => ({ arn: rolesRef[field], namespace, name })) }),
    ...present(fromSecrets.map(([old, field]) => [old, secretOfRole(rolesRef[field])])),
  };
};
