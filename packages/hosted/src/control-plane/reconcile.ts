import { HostedControlPlane } from '@godwit/api';
import { type Delay, type StandardClaim, statusPatch } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { components as names } from '../names.ts';
import type { World } from '../world.ts';
import type { Writer } from './apply/writer.ts';
import { configDataOf } from './components/consumed.ts';
import { type ComponentRound, roundOf } from './components/reconcile.ts';
import type { ControlPlane } from './control-plane.ts';
import { readRelease, type ReleaseFound, storageClasses, volumeOwnership } from './facts.ts';
import { type Foundation, layFoundation, publishedServices } from './foundation.ts';
import { type Seen, see } from './observe.ts';
import { PkiError } from './pki/complete-certificates.ts';
import { beforeEtcd, etcdHeldBy, restoreOver, snapshotRestored } from './restore.ts';
import { readControlPlane } from './read-control-plane.ts';
import { controlPlaneConditions } from './status/conditions.ts';
import { reportComponents, reportObject } from './status/report-components.ts';
import { statusOf } from './status/status.ts';

/** One round of work on a control plane. `act` false: only its status is brought up to date. */
export type Work = { plane: HostedControlPlane; writer: Writer; signal: AbortSignal; act: boolean };

const problemClaim = (type: string, bad: 'True' | 'False', message: string): StandardClaim => ({ type, status: bad, reason: 'ReconciliationError', message });

const ANSWER_SECONDS = 5;

/** Whether the hosted API server answers this process; it is asked only when its pods are ready. */
const answers = async (client: Client | undefined): Promise<boolean> => {
  if (client === undefined) return false;
  try {
    await client.request('GET', '/readyz', { signal: AbortSignal.timeout(ANSWER_SECONDS * 1000) });
    return true;
  } catch {
    return false;
  }
};

type Built = { rounds: readonly ComponentRound[]; problem?: string };

const foundationOf = async (world: World, plane: ControlPlane, seen: Seen): Promise<Foundation | { problem: string }> => {
  try {
    return await layFoundation(world, plane, seen);
  } catch (error) {
    if (error instanceof PkiError) return { problem: error.message };
    throw error;
  }
};

const heldOf = (plane: ControlPlane, subject: HostedControlPlane, seen: Seen): ReadonlyMap<string, string> => {
  const etcd = etcdHeldBy(plane, subject, seen);
  return new Map(etcd === undefined ? [] : [[names.etcd, etcd]]);
};

/** Writes what is due, and says how the components are doing. */
const build = async (world: World, plane: ControlPlane, seen: Seen, found: ReleaseFound, work: Work): Promise<Built> => {
  if ('problem' in found) return { rounds: [], problem: found.problem };
  const { writer, signal, act } = work;
  const foundation = act ? await foundationOf(world, plane, seen) : { manifests: [] };
  if ('problem' in foundation) return { rounds: [], problem: foundation.problem };
  const facts = {
    release: found.release,
    volumeOwnership: volumeOwnership(plane, await storageClasses(world)),
    beforeEtcd: beforeEtcd(plane, found.release, seen),
    held: heldOf(plane, work.plane, seen),
  };
  const rounds = roundOf(plane, facts, configDataOf(seen.secrets, foundation.manifests), seen);
  if (!act) return { rounds };
  // Pods that start before what they mount wait for a long time.
  await writer.write([...foundation.manifests, ...restoreOver(plane, work.plane)], seen, signal);
  await writer.write([...rounds.flatMap(({ manifests }) => manifests), ...rounds.map((round) => reportObject(plane, round))], seen, signal);
  return { rounds };
};

/** Reads, decides, writes, and at the end, and only there, brings the status up to date. */
export const reconcile = async (world: World, work: Work): Promise<{ after?: Delay }> => {
  const plane = readControlPlane(work.plane);
  const { namespace, name } = plane;
  const seen = await see(world, namespace);
  const image = work.plane.spec.controlPlaneReleaseImage ?? work.plane.spec.releaseImage;
  const found = await readRelease(world, image, seen, work.signal);
  const { rounds, problem } = await build(world, plane, seen, found, work);
  await reportComponents(world, plane, rounds);

  const published = publishedServices(plane, seen).apiServer;
  const states = rounds.map(({ state }) => state);
  const apiServer = states.find((state) => state.name === names.apiServer);
  const ready = apiServer?.available.status === 'True';
  const answered = ready && (await answers(await world.hosted.of({ namespace, name })));
  const kubeconfig = seen.secrets.some(({ metadata }) => metadata.name === 'admin-kubeconfig');
  const claims = controlPlaneConditions({
    published,
    kubeconfig,
    etcd: seen.statefulSet(names.etcd),
    managedEtcd: plane.etcd !== undefined,
    apiServer,
    answers: ready ? answered : undefined,
    components: states,
  });
  const status = statusOf(work.plane, {
    now: world.clock.now(),
    claims: [
      ...claims,
      ...snapshotRestored(plane, work.plane, seen),
      'problem' in found
        ? problemClaim('ValidReleaseInfo', 'False', found.problem)
        : { type: 'ValidReleaseInfo', status: 'True', reason: 'AsExpected', message: 'All is well' },
      ...(problem === undefined ? [] : [problemClaim('Degraded', 'True', problem)]),
    ],
    endpoint: published.endpoint,
    kubeconfig,
    answers: answered,
    release: 'release' in found ? found.release : undefined,
    components: states,
    furnished: true,
  });
  const patch = statusPatch(work.plane.status ?? {}, status);
  if (patch) await world.management.patch(HostedControlPlane, { namespace, name }, { status: patch }, { subresource: 'status' });
  if (ready && !answered) return { after: '1s' };
  return problem === undefined ? {} : { after: '30s' };
};
