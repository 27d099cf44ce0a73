import { HostedControlPlane } from '@godwit/api';
import { type Delay, keyOf, type Round, type StandardClaim, statusPatch } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { heldIn } from '../hold.ts';
import { components as names } from '../names.ts';
import type { Release } from '../release/release.ts';
import type { World } from '../world.ts';
import type { Writer } from './apply/writer.ts';
import { configDataOf } from './components/consumed.ts';
import { type ComponentRound, roundOf, standing } from './components/reconcile.ts';
import type { ControlPlane } from './control-plane.ts';
import { type ReadRelease, type ReleaseFound, storageClasses, volumeOwnership } from './facts.ts';
import { type Foundation, layFoundation, publishedServices } from './foundation.ts';
import type { createFurnisher, Inside } from './inside/furnish.ts';
import { type Seen, see } from './observe.ts';
import { PkiError } from './pki/complete-certificates.ts';
import { readControlPlane } from './read-control-plane.ts';
import { beforeEtcd, prepareRestore, type RestoreStand, restoreOver, snapshotRestored } from './restore.ts';
import { controlPlaneConditions } from './status/conditions.ts';
import { reportComponents, reportObject } from './status/report-components.ts';
import { statusOf } from './status/status.ts';

/** One round of work on a control plane. `act` false: only its status is brought up to date. */
export type Work = {
  subject: HostedControlPlane;
  round: Round;
  act: boolean;
  writer: Writer;
  furnish: ReturnType<typeof createFurnisher>;
  readRelease: ReadRelease;
};

const ANSWER_SECONDS = 5;

/** Whether the hosted API server answers this process. */
const answers = async (client: Client): Promise<boolean> => {
  try {
    await client.request('GET', '/readyz', { signal: AbortSignal.timeout(ANSWER_SECONDS * 1000) });
    return true;
  } catch {
    return false;
  }
};

/** Foundation as data, or the sentence that says what is wrong with it. */
const foundationOf = async (world: World, plane: ControlPlane, seen: Seen): Promise<Foundation | { problem: string }> => {
  try {
    return await layFoundation(world, plane, seen);
  } catch (error) {
    if (error instanceof PkiError) return { problem: error.message };
    throw error;
  }
};

/** Components that must not start yet, and why: etcd without its snapshot, the API server while a move proves etcd first. */
const heldBy = ({ problem }: RestoreStand, subject: HostedControlPlane): ReadonlyMap<string, string> =>
  new Map([
    ...(problem === undefined ? [] : [[names.etcd, problem.message] as const]),
    ...(heldIn(subject).has(names.apiServer) ? [[names.apiServer, 'Waiting for the move of this cluster to let it start'] as const] : []),
  ]);

/** `release` is what the components have been built from; without it there is a problem, and what runs is left as it is. */
type Built = { rounds: readonly ComponentRound[]; restore: RestoreStand } & ({ release: Release } | { problem: string });

/** Writes what is due, and says how the components are doing. */
const build = async (
  world: World,
  plane: ControlPlane,
  seen: Seen,
  found: ReleaseFound,
  { subject, writer, round, act }: Work,
): Promise<Built> => {
  const foundation = act ? await foundationOf(world, plane, seen) : { manifests: [] };
  if ('problem' in foundation) return { rounds: standing(plane, seen), restore: {}, problem: foundation.problem };
  const restore = act ? await prepareRestore(world, plane, subject, seen) : {};
  // Pods that start before what they mount wait for a long time.
  if (act) await writer.write([...foundation.manifests, ...restoreOver(plane, subject)], seen, round.signal);
  if ('problem' in found) return { rounds: standing(plane, seen), restore, problem: found.problem };
  const facts = {
    release: found.release,
    volumeOwnership: volumeOwnership(plane, await storageClasses(world)),
    beforeEtcd: beforeEtcd(plane, found.release),
    held: heldBy(restore, subject),
  };
  const rounds = roundOf(plane, facts, configDataOf(seen.secrets, foundation.manifests), seen);
  const due = [...rounds.flatMap(({ manifests }) => manifests), ...rounds.map((each) => reportObject(plane, each))];
  if (act) await writer.write(due, seen, round.signal);
  return { rounds, restore, release: found.release };
};

/** Looks inside of a hosted cluster whose API server's pods are ready, and furnishes it. */
const enter = async (world: World, plane: ControlPlane, seen: Seen, built: Built, { subject, round, act, furnish }: Work) => {
  const client = await world.hosted.of(plane);
  if (client === undefined || !(await answers(client))) return { answered: false };
  if (!act) return { answered: true };
  const konnectivity = publishedServices(plane, seen).konnectivity.endpoint;
  const { annotations = {} } = subject.metadata;
  const release = 'release' in built ? built.release : undefined;
  const inside = await furnish({ plane, annotations, release, konnectivity, seen, client, key: keyOf(subject), round });
  return { answered: true, inside };
};

const releaseClaim = (found: ReleaseFound): StandardClaim =>
  'problem' in found
    ? { type: 'ValidReleaseInfo', status: 'False', reason: 'MissingReleaseImages', message: found.problem }
    : { type: 'ValidReleaseInfo', status: 'True', reason: 'AsExpected', message: 'All is well' };

const problemClaims = (built: Built): StandardClaim[] =>
  'problem' in built ? [{ type: 'Degraded', status: 'True', reason: 'ReconciliationError', message: built.problem }] : [];

type Outcome = { built: Built; entered: { answered: boolean; inside?: Inside } | undefined; found: ReleaseFound; seen: Seen };

/** The status after a round, from what was found and done in it. */
const statusAfter = (world: World, plane: ControlPlane, { subject }: Work, { built, entered, found, seen }: Outcome) => {
  const published = publishedServices(plane, seen).apiServer;
  const components = built.rounds.map(({ state }) => state);
  const kubeconfig = seen.secrets.some(({ metadata }) => metadata.name === 'admin-kubeconfig');
  const { inside } = entered ?? {};
  const claims = controlPlaneConditions({
    published,
    kubeconfig,
    etcd: seen.statefulSet(names.etcd),
    managedEtcd: plane.etcd !== undefined,
    apiServer: components.find(({ name }) => name === names.apiServer),
    answers: entered?.answered,
    components,
  });
  return statusOf(subject, {
    now: world.clock.now(),
    claims: [
      ...claims,
      releaseClaim(found),
      { type: 'ValidHostedControlPlaneConfiguration', status: 'True', reason: 'AsExpected', message: 'All is well' },
      ...snapshotRestored(plane, subject, seen, built.restore),
      ...(inside?.claims ?? []),
      ...problemClaims(built),
    ],
    endpoint: published.endpoint,
    kubeconfig,
    answers: entered?.answered ?? false,
    release: 'release' in found ? found.release : undefined,
    components,
    furnished: inside !== undefined && 'release' in built,
    nodes: inside?.nodes,
  });
};

const isServing = ({ rounds }: Built): boolean =>
  rounds.some(({ state }) => state.name === names.apiServer && state.available.status === 'True');

/** Reads, decides, writes, and at the end, and only there, brings the status up to date. */
export const reconcile = async (world: World, work: Work): Promise<{ after?: Delay }> => {
  const { subject, round } = work;
  const plane = readControlPlane(subject);
  const { namespace, name } = plane;
  const seen = await see(world, namespace);
  const found = await work.readRelease(subject.spec.controlPlaneReleaseImage ?? subject.spec.releaseImage, seen, round.signal);
  const built = await build(world, plane, seen, found, work);
  await reportComponents(world, plane, built.rounds);
  const entered = isServing(built) ? await enter(world, plane, seen, built, work) : undefined;
  const patch = statusPatch(subject.status ?? {}, statusAfter(world, plane, work, { built, entered, found, seen }));
  if (patch) await world.management.patch(HostedControlPlane, { namespace, name }, { status: patch }, { subresource: 'status' });
  if (entered?.answered === false) return { after: '1s' };
  if ('problem' in built) return { after: '30s' };
  return built.restore.after === undefined ? {} : { after: built.restore.after };
};
