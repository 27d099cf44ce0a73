import type { Node } from '@godwit/api';
import { type Check, failing, type Judgement, notApplicable, pass } from './check.ts';
import { type CertificateSigningRequest, nameIn, type Observed, statusOf } from './observed.ts';

const ROLES = ['control-plane', 'master', 'worker'] as const;
const roleLabel = (role: string): string => `node-role.kubernetes.io/${role}`;

/** Roles that the one node must have; none where the cluster has other nodes to turn to. */
const rolesWanted = ({ infrastructures, nodes }: Observed): readonly string[] => {
  if (infrastructures !== undefined)
    return infrastructures.some(({ status }) => status?.controlPlaneTopology === 'SingleReplica') ? ROLES : [];
  return nodes.length === 1 ? ['control-plane'] : [];
};

const judgeNode = (node: Node, roles: readonly string[]): Judgement | undefined => {
  const name = nameIn(node);
  const look = `kubectl describe node ${name}`;
  const conditions = { status: { conditions: node.status?.conditions ?? [] } };
  if (statusOf(conditions, 'Ready') !== 'True') return failing(`node is not yet ready: ${name}`, look);
  if (statusOf(conditions, 'NetworkUnavailable') === 'True') return failing(`node network unavailable: ${name}`, look);
  const missing = roles.find((role) => node.metadata.labels?.[roleLabel(role)] === undefined);
  if (missing === undefined) return undefined;
  return failing(`node missing ${missing} label: ${name}`, `kubectl label node ${name} ${roleLabel(missing)}=`);
};

const node: Check = {
  code: 'NodeNotReady',
  tier: 'deferred',
  object: 'Node',
  judge: (observed) => observed.nodes.map((each) => judgeNode(each, rolesWanted(observed))).find((each) => each !== undefined) ?? pass,
};

const OWN = 'lifecycle-agent';

const clusterServiceVersions: Check = {
  code: 'ClusterServiceVersionsNotReady',
  tier: 'deferred',
  object: 'ClusterServiceVersions',
  judge: ({ clusterServiceVersions: versions }) => {
    if (versions === undefined) return notApplicable('this cluster does not serve ClusterServiceVersions');
    const bad = versions.filter((each) => !nameIn(each).includes(OWN) && each.status?.phase !== 'Succeeded').map(nameIn);
    return bad.length === 0
      ? pass
      : failing(`one or more ClusterServiceVersions not yet ready: ${[...new Set(bad)].join(', ')}`, 'kubectl get csv -A');
  },
};

const isApproved = (request: CertificateSigningRequest): boolean => statusOf(request, 'Approved') === 'True';

const ageSeconds = ({ metadata }: CertificateSigningRequest, now: Date): number =>
  (now.getTime() - Date.parse(metadata.creationTimestamp ?? now.toISOString())) / 1000;

const certificateSigningRequests: Check = {
  code: 'CertificateSigningRequestNotApproved',
  tier: 'deferred',
  object: 'CertificateSigningRequests',
  judge: ({ certificateSigningRequests: requests = [], now }, { unapprovedRequestSeconds }) => {
    const open = requests.filter((each) => !isApproved(each));
    const fresh = open.find((each) => ageSeconds(each, now) <= unapprovedRequestSeconds);
    const first = fresh ?? open[0];
    if (first === undefined) return pass;
    const message = `certificateSigningRequest (csr) ${nameIn(first)} not yet approved`;
    const remediation = `kubectl certificate approve ${nameIn(first)}, or kubectl delete csr ${nameIn(first)}`;
    if (fresh !== undefined) return failing(message, remediation);
    return { outcome: 'warn', message: `${message} for more than ${unapprovedRequestSeconds} seconds; it blocks no longer`, remediation };
  },
};

/** Checks that are asked when the mandatory ones pass. */
export const deferredChecks: readonly Check[] = [node, clusterServiceVersions, certificateSigningRequests];
