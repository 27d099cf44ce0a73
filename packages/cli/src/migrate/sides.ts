import { Namespace } from '@godwit/api';
import { type Access, ApiError, type Client } from '@godwit/kube';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';

/** One cluster that takes part; `uid` is that of its namespace kube-system, which tells clusters apart whatever their address. */
export type Side = { context: string; access: Access; client: Client; version: string; uid: string };

/** The clusters of a migration; the host is one of the others, or a third one. */
export type Sides = { source: Side; target: Side; host: Side };

const uidOf = async (client: Client): Promise<string> => {
  const system = await client.get(Namespace, { name: 'kube-system' });
  return system?.metadata.uid ?? client.server;
};

/** Opens a context and asks its server who it is; throws a failure that names context, cause and next step. */
export const openSide = async (invocation: Invocation, context: string): Promise<Side> => {
  const access = invocation.access(context);
  const client = invocation.client(context);
  try {
    const { gitVersion: version } = await client.request<{ gitVersion: string }>('GET', '/version');
    return { context, access, client, version, uid: await uidOf(client) };
  } catch (error) {
    const what =
      error instanceof ApiError ? `context ${context}: ${access.server} refuses` : `context ${context}: ${access.server} cannot be used`;
    throw explainError(what, error);
  }
};

/** Opens the contexts of a migration and refuses to move a cluster onto itself. */
export const openSides = async (
  invocation: Invocation,
  { source, target, host }: { source: string; target: string; host: string },
): Promise<Sides> => {
  // all contexts are looked up before the first server is asked
  for (const context of [source, target, host]) invocation.access(context);
  const opened = new Map(
    await Promise.all([...new Set([source, target, host])].map(async (context) => [context, await openSide(invocation, context)] as const)),
  );
  const side = (context: string): Side => opened.get(context) as Side;
  const sides = { source: side(source), target: side(target), host: side(host) };
  if (sides.source.uid !== sides.target.uid) return sides;
  throw new Failure(`${source} and ${target} are the same cluster`, {
    reason: 'SameCluster',
    why: 'source and target have one kube-system namespace, so the application would be moved onto itself',
    next: 'kubectl config get-contexts, and another --target',
    exitCode: exitCodes.refused,
  });
};

/** Whether two sides are one cluster. */
export const sameCluster = (a: Side, b: Side): boolean => a.uid === b.uid;

/** The clusters that are reached by a token: all but the host. */
export const remoteSides = ({ source, target, host }: Sides): Side[] => [source, target].filter((side) => !sameCluster(side, host));

/** Refuses namespaces that the source does not have. */
export const checkNamespaces = async ({ source }: Sides, namespaces: readonly string[]): Promise<void> => {
  const names = namespaces.map((each) => each.split(':')[0] ?? '');
  const found = await Promise.all(names.map((name) => source.client.get(Namespace, { name })));
  const missing = names.filter((_, at) => found[at] === undefined);
  if (missing.length === 0) return;
  throw new Failure(`namespace ${missing.join(', ')} is not on ${source.context}`, {
    reason: 'NamespaceMissing',
    why: `${source.access.server} has no such namespace`,
    next: `kubectl --context ${source.context} get namespaces`,
  });
};
