import { done, type Outcome } from '../../etcd/outcome.ts';
import { type Bundle, countsOf, objectsOf } from '../bundle/bundle.ts';
import { changedSince, collect } from '../bundle/collect.ts';
import { identityOfKeys } from '../bundle/identity.ts';
import { seal, sha256, unseal } from '../bundle/seal.ts';
import { keysOf } from '../names.ts';
import { taskPhase } from '../phase.ts';
import { ClosureBroken, Done, SourceChanged } from '../reasons.ts';
import { clusterAt, planeAt, type Scope } from '../scope.ts';

type Saved = { key: string; sha256: string; bundle: Bundle };

const read = async (scope: Scope) => {
  const [cluster, controlPlane] = await Promise.all([clusterAt(scope, 'source'), planeAt(scope, 'source')]);
  if (cluster === undefined || controlPlane === undefined)
    throw new Error('the HostedCluster or its control plane is gone from the source');
  return collect(
    scope.source,
    scope.at.source,
    { cluster, controlPlane },
    scope.move.metadata.uid ?? '',
    scope.move.spec.mode === 'WithNodes',
  );
};

/** Reads the bundle of a move back from the bucket. Throws `SealError` when it is not what was written. */
export const readBundle = async ({ store, move, bundleKey }: Scope): Promise<Bundle> => {
  const key = keysOf(move).bundle;
  const body = await store.get(key);
  if (body === undefined) throw new Error(`${store.url}/${key} is gone; put it back, or take this move back and begin anew`);
  return unseal(Buffer.concat(await body.toArray()), bundleKey, key);
};

const save = async (scope: Scope): Promise<Outcome<Saved>> => {
  const { bundle, versions, missing } = await read(scope);
  if (missing.length > 0) return { ok: false, said: ClosureBroken({ missing: missing.join(', ') }) };
  const changed = changedSince(versions, (await read(scope)).versions);
  if (changed.length > 0) throw new Error(SourceChanged({ objects: changed.join(', ') }).message);
  const key = keysOf(scope.move).bundle;
  const sealed = await seal(bundle, scope.bundleKey, key);
  await scope.store.put(key, sealed);
  const found = await readBundle(scope);
  if (sha256(JSON.stringify(found)) !== sha256(JSON.stringify(bundle)))
    throw new Error(`${scope.store.url}/${key} is not what was written`);
  return done({ key, sha256: sha256(sealed), bundle });
};

/** Row 5: all objects of the hosted cluster, found by reference, lie encrypted in the bucket. */
export const saveObjects = taskPhase<Saved>({
  row: 5,
  name: 'SaveObjects',
  step: 'Backup',
  description: 'Saving the objects of the hosted cluster, encrypted, in the bucket',
  run: save,
  tell: ({ key, sha256: hash, bundle }) => {
    const counts = Object.entries(countsOf(bundle)).map(([kind, count]) => `${count} ${kind}`);
    return {
      said: Done({ what: `${objectsOf(bundle).length} objects saved` }),
      notes: { bundle: { key, sha256: hash, objects: objectsOf(bundle).length }, source: { identity: identityOfKeys(bundle.keys) } },
      evidence: [{ name: 'objects', result: counts.join(', '), hashes: { bundle: hash } }],
    };
  },
});
