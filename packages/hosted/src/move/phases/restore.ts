import { HostedCluster, type HostedControlPlane, Namespace, Secret } from '@godwit/api';
import { advance, type Effect, fail, timeOf, wait } from '@godwit/controller';
import { isApiError } from '@godwit/kube';
import { checkRestored, ETCD_SNAPSHOT_RESTORED, RESTORE_URL_SECRET } from '../../etcd/index.ts';
import { done, type Outcome } from '../../etcd/outcome.ts';
import { countsOf, objectsOf } from '../bundle/bundle.ts';
import { type Identity, identityOfKeys } from '../bundle/identity.ts';
import { DestinationTakenError, restoreBundle } from '../bundle/restore.ts';
import { liftFence } from '../fence/fence.ts';
import { FIELD_MANAGER, keysOf, MOVED_BY } from '../names.ts';
import { movePhase, proving, taskPhase } from '../phase.ts';
import { DestinationTaken, Done, IdentityDiffers, SecretsUnreadable, Working } from '../reasons.ts';
import { hostedAtTarget, planeAt, type Scope } from '../scope.ts';
import { holding } from './dns.ts';
import { readBundle } from './objects.ts';
import { etcdAt } from './writers.ts';

const snapshotUrl = ({ move }: Scope): string => {
  const { prefix, bucket } = move.spec.store;
  return `s3://${bucket}/${prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`}${keysOf(move).snapshot}`;
};

/** Makes the namespace of the control plane; one that is there already may be another hosted cluster's, and would go with this move's undoing. */
const makeHome = async ({ target, at, move }: Scope): Promise<void> => {
  const name = at.target.home;
  const uid = move.metadata.uid ?? '';
  const labels = { 'hypershift.openshift.io/hosted-control-plane': 'true' };
  const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations: { [MOVED_BY]: uid } } };
  try {
    await target.create(Namespace, home, { fieldManager: FIELD_MANAGER });
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
    if ((await target.get(Namespace, { name }))?.metadata.annotations?.[MOVED_BY] !== uid)
      throw new DestinationTakenError(`Namespace ${name}`);
  }
};

const restore = async (scope: Scope): Promise<Outcome<{ counts: Record<string, number>; total: number }>> => {
  const bundle = await readBundle(scope);
  const { target, at, world } = scope;
  await target.apply(Namespace, { metadata: { name: at.target.namespace } }, { fieldManager: FIELD_MANAGER });
  const infraId = (bundle.cluster as unknown as HostedCluster).spec.infraID ?? '';
  await liftFence(target, world.settings.namespace, infraId); // the new epoch favours this cluster
  try {
    await makeHome(scope);
    await restoreBundle(target, bundle, at.target, snapshotUrl(scope));
  } catch (error) {
    if (error instanceof DestinationTakenError) return { ok: false, said: DestinationTaken({ object: error.object }) };
    throw error;
  }
  return done({ counts: countsOf(bundle), total: objectsOf(bundle).length });
};

/** Row 9: all objects are up on the destination, and everything rests. */
export const restoreObjects = taskPhase<{ counts: Record<string, number>; total: number }>({
  row: 9,
  name: 'RestoreObjects',
  step: 'Restore',
  description: 'Putting the objects of the hosted cluster up on the destination, at rest',
  run: restore,
  tell: ({ counts, total }) => ({
    said: Done({ what: `${total} objects are up` }),
    evidence: [
      {
        name: 'objects restored',
        result: Object.entries(counts)
          .map(([kind, count]) => `${count} ${kind}`)
          .join(', '),
      },
    ],
  }),
});

const SIGNED_SECONDS = 3600;

const signedUrl = async ({ store, move, at, world }: Scope, plane: HostedControlPlane | undefined): Promise<Effect[]> => {
  const url = await store.presign(keysOf(move).snapshot, SIGNED_SECONDS);
  const { snapshot } = move.status ?? {};
  if (url === undefined || snapshot === undefined || plane === undefined) return [];
  const expires = timeOf(new Date(world.clock.now().getTime() + SIGNED_SECONDS * 1000));
  const object = plane.spec.etcd.managed?.storage?.restoreSnapshotURL?.[0] ?? '';
  const data = Object.fromEntries(
    Object.entries({ object, url, expires, sha256: snapshot.sha256 }).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  return [
    {
      do: 'apply',
      on: 'target',
      resource: Secret,
      object: { metadata: { namespace: at.target.home, name: RESTORE_URL_SECRET }, type: 'Opaque', data },
    },
  ];
};

const active = ({ at }: Pick<Scope, 'at'>): Effect => ({
  do: 'patch',
  on: 'target',
  resource: HostedCluster,
  name: { namespace: at.target.namespace, name: at.target.name },
  patch: { spec: { pausedUntil: null } },
});

const conditionOf = (plane: HostedControlPlane | undefined, type: string) =>
  (plane?.status?.conditions ?? []).find((each) => each.type === type);

/** Row 10: etcd of the destination has begun with the snapshot, and is one cluster with the same content. */
export const restoreEtcd = movePhase({
  name: 'RestoreEtcd',
  step: 'Restore',
  description: 'Starting etcd of the destination from the snapshot, and proving it',
  deadlineSeconds: 1200,
  observe: async (scope, move) => {
    const plane = await planeAt(scope, 'target');
    const restored = conditionOf(plane, ETCD_SNAPSHOT_RESTORED);
    const { snapshot } = move.status ?? {};
    const checked =
      restored?.status === 'True'
        ? await checkRestored(await etcdAt(scope, 'target'), { revision: Number(snapshot?.revision ?? 0), keys: snapshot?.keys })
        : undefined;
    return { restored, checked, effects: [...(await signedUrl(scope, plane)), active(scope)], now: scope.world.clock.now() };
  },
  decide: ({ restored, checked, effects, now }) => {
    if (restored?.status !== 'True')
      return wait(Working({ what: restored?.message || 'Waiting for etcd to begin with the snapshot' }), effects, '5s');
    if (checked === undefined) return wait(Working({ what: 'Waiting for etcd' }), effects, '2s');
    if (!checked.ok) return wait(checked.said, effects, '1s');
    const { clusterId, revision, members } = checked.value;
    const result = `one cluster ${clusterId} of ${members.length} members at revision ${revision}, hashes equal`;
    return proving(10, [{ name: 'etcd restored', result }], now, advance(Done({ what: result })));
  },
});

const hostedFacts = async (scope: Scope) => {
  const hosted = await hostedAtTarget(scope);
  if (hosted === undefined) return undefined;
  await hosted.request('GET', '/readyz', {});
  const [secrets, system] = await Promise.all([hosted.list(Secret), hosted.get(Namespace, { name: 'kube-system' })]);
  return { secrets: secrets.items.length, uid: system?.metadata.uid ?? '' };
};

/** Row 11: the API server of the destination answers, and reads everything that was saved. */
export const startApiServer = movePhase({
  name: 'StartAPIServer',
  step: 'Restore',
  description: 'Starting the API server of the destination, and reading every Secret through it',
  deadlineSeconds: 900,
  observe: async (scope) => {
    const plane = await planeAt(scope, 'target');
    const available = conditionOf(plane, 'KubeAPIServerAvailable');
    const hosted = available?.status === 'True' ? await hostedFacts(scope).catch((error: Error) => error.message) : undefined;
    const identity = identityOfKeys((await scope.target.list(Secret, { namespace: scope.at.target.home })).items);
    return { available, hosted, identity, effects: holding(scope, 'target', 'dns', 'machines'), now: scope.world.clock.now() };
  },
  decide: ({ available, hosted, identity, effects, now }, { status }) => {
    const saved = status?.source?.identity as Identity | undefined;
    const other = (['authority', 'tokenKey'] as const).filter((part) => saved?.[part] !== identity[part]);
    if (other.length > 0) return fail(IdentityDiffers({ parts: other.join(', ') }));
    if (hosted === undefined) return wait(Working({ what: available?.message || 'Waiting for the API server' }), effects, '1s');
    if (typeof hosted === 'string') return wait(Working({ what: `The API server does not answer well yet: ${hosted}` }), effects, '1s');
    const stored = status?.snapshot?.keys?.secrets ?? 0;
    if (hosted.secrets < stored) return fail(SecretsUnreadable({ readable: hosted.secrets, stored }));
    const result = `ready, all ${hosted.secrets} Secrets readable, kube-system is ${hosted.uid}, authority and token key are those of the source`;
    return proving(11, [{ name: 'API server', result, hashes: { ...identity } }], now, advance(Done({ what: result }), effects));
  },
});
