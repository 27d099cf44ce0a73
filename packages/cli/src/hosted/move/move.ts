import { EtcdBackupRecord, type HostedCluster, HostedClusterMigration } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { commandLine, type Place } from '../../copyable.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { confirmed } from '../../migrate/confirmed.ts';
import { ensureNamespace } from '../../migrate/ensure-namespace.ts';
import { dnsLabel, nextRunName } from '../../migrate/names.ts';
import { openSides } from '../../migrate/sides.ts';
import { waitingOf } from '../../waiting.ts';
import { foundCluster, homeOf, poolsOf } from '../find.ts';
import { warnWithoutOperator } from '../owned-operator.ts';
import { announcement, type Moved } from './announce.ts';
import { watchMove } from './follow-move.ts';
import { moveHasEnded } from './move-facts.ts';
import { createMove, type MoveParts, namesOf } from './objects.ts';
import { rehearse } from './rehearse.ts';
import type { MoveRequest } from './request.ts';
import { selfContained } from './source-kubeconfig.ts';

const etcdBytesOf = async (client: Client, cluster: HostedCluster): Promise<number | undefined> => {
  const { items } = await client.list(EtcdBackupRecord, { namespace: homeOf(cluster) }).catch(() => ({ items: [] }));
  return items.toSorted((a, b) => a.spec.taken.localeCompare(b.spec.taken)).at(-1)?.spec.size;
};

const readMoved = async (client: Client, cluster: HostedCluster): Promise<Moved> => ({
  cluster,
  pools: await poolsOf(client, cluster),
  etcdBytes: await etcdBytesOf(client, cluster),
});

const movesOn = async (client: Client, namespace: string, target: string): Promise<HostedClusterMigration[]> => {
  try {
    return (await client.list(HostedClusterMigration, { namespace })).items;
  } catch (error) {
    if (!isApiError(error) || error.status !== 404) throw error;
    throw new Failure(`${target} cannot take hosted clusters`, {
      reason: 'NotInstalled',
      why: 'it does not serve HostedClusterMigration of godwit.io',
      next: `kubectl --context ${target} apply --server-side -f deploy/crds, then godwit operator run --context ${target}`,
      exitCode: exitCodes.refused,
    });
  }
};

const refuseSecond = (moves: readonly HostedClusterMigration[], { cluster, source, target }: MoveRequest, place: Place): void => {
  const underWay = moves.find(
    (each) =>
      !moveHasEnded(each) && each.spec.hostedCluster.name === cluster.name && each.spec.hostedCluster.namespace === cluster.namespace,
  );
  if (underWay === undefined) return;
  throw new Failure(`hosted cluster "${cluster.name}" is moving already`, {
    reason: 'MoveUnderWay',
    why: `${underWay.metadata.name} moves it from ${source} to ${target}`,
    next: commandLine(place, `run attach hcm/${underWay.metadata.name}`),
    exitCode: exitCodes.refused,
  });
};

/** Where the key of the bundle lies, so that it can be kept elsewhere too; never the key. */
const tellKey = ({ terminal }: Invocation, { operatorNamespace, target, bundleKey }: MoveRequest, name: string): void => {
  if (bundleKey.given) return;
  const { key } = namesOf(name);
  terminal.err(
    `the objects in the bucket are encrypted with a new key, in Secret ${operatorNamespace}/${key} on ${target}; to keep a copy:`,
  );
  terminal.err(`  kubectl --context ${target} -n ${operatorNamespace} get secret ${key} -o jsonpath={.data.key} > ${key}`);
};

const start = async (invocation: Invocation, client: Client, request: MoveRequest, parts: MoveParts, place: Place): Promise<ExitCode> => {
  const { terminal } = invocation;
  await confirmed(invocation, {
    assumeYes: request.assumeYes,
    question: `Move ${request.cluster.name} now?`,
    what: `hosted cluster "${request.cluster.name}" is not moved`,
  });
  const { metadata } = await createMove(client, request, parts);
  terminal.out(`hcm/${metadata.name} created`);
  tellKey(invocation, request, parts.name);
  const name = { namespace: metadata.namespace, name: metadata.name ?? '' };
  return watchMove({ invocation, client, name, place, timeoutSeconds: request.timeoutSeconds });
};

/** Moves a hosted cluster to another management cluster, or only checks whether it could; resolves with the exit code that equals the outcome. */
export const moveCluster = async (invocation: Invocation, request: MoveRequest): Promise<ExitCode> => {
  const { source, target, operatorNamespace, cluster, dryRun } = request;
  const kubeconfig = selfContained(source, invocation.access(source));
  const sides = await openSides(invocation, { source, target, host: target });
  const client = sides.target.client;
  const moved = await readMoved(sides.source.client, await foundCluster(invocation, cluster.name));
  const place: Place = { calledAs: invocation.calledAs, globals: { ...invocation.globals, context: target, namespace: operatorNamespace } };
  const moves = await movesOn(client, operatorNamespace, target);
  refuseSecond(moves, request, place);
  for (const line of announcement(moved, request)) invocation.terminal.err(line);
  await warnWithoutOperator(invocation, client, target);
  if (!dryRun) await ensureNamespace(client, operatorNamespace);
  const base = dnsLabel(`${cluster.name}${dryRun ? '-check' : ''}`, 40);
  const name = nextRunName(
    base,
    moves.map(({ metadata }) => metadata.name ?? ''),
  );
  const parts = { name, kubeconfig, sourceUid: sides.source.uid };
  return dryRun
    ? rehearse({
        invocation,
        client,
        request,
        parts,
        waiting: (reporter) => waitingOf(invocation, request.timeoutSeconds ?? 120, reporter),
      })
    : start(invocation, client, request, parts, place);
};
