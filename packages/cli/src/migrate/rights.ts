import { SelfSubjectAccessReview } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { Failure } from '../failure.ts';
import { remoteSides, type Side, type Sides, sameCluster } from './sides.ts';

/** Something that a user must be allowed to do. */
type Right = { verb: string; group: string; resource: string; subresource?: string; namespace?: string; name?: string };

const everything: Right = { verb: '*', group: '*', resource: '*' };
const reading: Right[] = ['get', 'list', 'watch'].map((verb) => ({ verb, group: '*', resource: '*' }));

const definitions: Right[] = ['get', 'create', 'patch'].map((verb) => ({
  verb,
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
}));

/** What is done on a cluster that the controllers reach by a token. */
const remote = (namespace: string): Right[] => [
  ...reading,
  ...definitions,
  { verb: 'create', group: '', resource: 'namespaces' },
  { verb: 'create', group: '', resource: 'serviceaccounts', namespace },
  { verb: 'patch', group: '', resource: 'serviceaccounts', namespace },
  { verb: 'create', group: '', resource: 'serviceaccounts', subresource: 'token', namespace },
  { verb: 'patch', group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
  { verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles', name: 'cluster-admin' },
];

/** What is done on a host that is no side of the migration. */
const hosting = (namespace: string): Right[] => [
  ...definitions,
  { verb: 'create', group: '', resource: 'namespaces' },
  { verb: 'patch', group: '', resource: 'secrets', namespace },
  { verb: '*', group: 'migration.openshift.io', resource: '*', namespace },
  { verb: '*', group: 'velero.io', resource: '*', namespace },
  { verb: 'create', group: 'coordination.k8s.io', resource: 'leases', namespace },
];

/** A right in words, as `kubectl auth can-i` takes it. */
export const rightInWords = ({ verb, group, resource, subresource, namespace, name }: Right): string => {
  const kind = `${resource}${group === '' || resource === '*' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
  return `${verb} ${group === '*' && resource === '*' ? '*.*' : kind}${name === undefined ? '' : `/${name}`}${namespace === undefined ? '' : ` -n ${namespace}`}`;
};

const isAllowed = async (client: Client, right: Right): Promise<boolean> => {
  const review = await client.create(SelfSubjectAccessReview, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
    spec: { resourceAttributes: right },
  });
  return review.status?.allowed === true;
};

const missingOn = async ({ client }: Side, rights: readonly Right[]): Promise<Right[]> => {
  if (await isAllowed(client, everything)) return [];
  const allowed = await Promise.all(rights.map((right) => isAllowed(client, right)));
  return rights.filter((_, at) => !allowed[at]);
};

const wanted = (sides: Sides, namespace: string): (readonly [Side, readonly Right[]])[] => {
  const isSide = sameCluster(sides.host, sides.source) || sameCluster(sides.host, sides.target);
  return [
    [sides.host, isSide ? [everything] : hosting(namespace)],
    ...remoteSides(sides).map((side): readonly [Side, readonly Right[]] => [side, remote(namespace)]),
  ];
};

/** Refuses to begin without the rights that the whole migration needs; all that are missing are listed. */
export const checkRights = async (sides: Sides, namespace: string): Promise<void> => {
  const found = await Promise.all(
    wanted(sides, namespace).map(async ([side, rights]) =>
      (await missingOn(side, rights)).map((right) => `${side.context}: ${rightInWords(right)}`),
    ),
  );
  const missing = found.flat();
  if (missing.length === 0) return;
  throw new Failure('the rights do not suffice, so nothing was begun', {
    reason: 'RightsMissing',
    why: `missing on ${missing.join('; ')}`,
    next: 'the command with contexts of a cluster administrator',
  });
};
