import { type RequestedCertificate, readCertificateRequest } from '@godwit/controller';
import type { NodeNames } from './known-nodes.ts';
import type { SigningRequest } from './signing-request.ts';

/** What a request is judged by. */
export type RequestFacts = {
  /** Names under which machines may join. */
  expected: ReadonlySet<string>;
  /** Nodes that are there. */
  nodes: ReadonlyMap<string, NodeNames>;
};

/** A judgement: approved or left for somebody else to decide, and why. */
export type RequestJudgement = { approve: boolean; reason: string };

const CLIENT = 'kubernetes.io/kube-apiserver-client-kubelet';
const SERVING = 'kubernetes.io/kubelet-serving';
const NODE = 'system:node:';
const NODES = 'system:nodes';
const BOOTSTRAPPERS = 'system:bootstrappers';

const leave = (reason: string): RequestJudgement => ({ approve: false, reason });
const approve = (reason: string): RequestJudgement => ({ approve: true, reason });

/** Whether somebody has decided already. */
export const isOpen = ({ status }: SigningRequest): boolean =>
  status?.certificate === undefined &&
  !(status?.conditions ?? []).some(({ type }) => type === 'Approved' || type === 'Denied' || type === 'Failed');

const isForNode = ({ commonName, organizations }: RequestedCertificate): boolean =>
  commonName.startsWith(NODE) && organizations.length === 1 && organizations[0] === NODES;

const hasNames = ({ dnsNames, addresses }: RequestedCertificate): boolean => dnsNames.length + addresses.length > 0;

const judgeClient = (spec: SigningRequest['spec'], asked: RequestedCertificate, { expected, nodes }: RequestFacts): RequestJudgement => {
  const name = asked.commonName.slice(NODE.length);
  if (hasNames(asked)) return leave(`a client certificate has no host names, ${name} asks for some`);
  if (spec.username === asked.commonName) return approve(`${name} renews its own certificate`);
  if (!spec.groups?.includes(BOOTSTRAPPERS)) return leave(`${spec.username ?? 'nobody'} may not ask for ${name}`);
  if (nodes.has(name)) return leave(`${name} is a node already: delete the Node if its machine was made anew`);
  return expected.has(name) ? approve(`${name} is a machine of this cluster`) : leave(`no Machine is called ${name}`);
};

const judgeServing = (spec: SigningRequest['spec'], asked: RequestedCertificate, { nodes }: RequestFacts): RequestJudgement => {
  const name = asked.commonName.slice(NODE.length);
  if (spec.username !== asked.commonName) return leave(`${spec.username ?? 'nobody'} may not ask for ${name}`);
  const node = nodes.get(name);
  if (node === undefined) return leave(`${name} is no node yet`);
  const foreign = [
    ...asked.dnsNames.filter((each) => !node.names.has(each)),
    ...asked.addresses.filter((each) => !node.addresses.has(each)),
  ];
  if (foreign.length > 0) return leave(`${name} has no ${foreign.join(', ')}`);
  return hasNames(asked) ? approve(`${name} serves under its own names`) : leave(`${name} asks for no names`);
};

/**
 * Judges a kubelet's request by least right: a first certificate for a machine that is expected and not yet a node, a renewal by the
 * node itself, a serving certificate for the names that the node has. Everything else is left to people. Pure.
 */
export const judgeRequest = ({ spec }: SigningRequest, facts: RequestFacts): RequestJudgement => {
  if (spec.signerName !== CLIENT && spec.signerName !== SERVING) return leave('it is not about a kubelet');
  const asked = readCertificateRequest(Buffer.from(spec.request, 'base64').toString('utf8'));
  if (asked === undefined || !isForNode(asked)) return leave('it does not ask for a node');
  return spec.signerName === CLIENT ? judgeClient(spec, asked, facts) : judgeServing(spec, asked, facts);
};
