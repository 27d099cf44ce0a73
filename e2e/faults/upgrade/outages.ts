import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { startComponent, stopComponent } from '@godwit/devcluster';
import { apply } from '../../support/manifests.ts';
import { NODE_REGISTRY } from '../../support/upgrade/releases.ts';
import { seedImage } from '../../support/upgrade/seeds.ts';
import { AGENT } from '../../support/upgrade/workload.ts';
import type { BadInput, Spec } from './bad-input.ts';
import { blobPath, GUARDED_REGISTRY, PASSWORD, startGuardedRegistry } from './password-registry.ts';
import { manifestOf, pushVariant } from './registry.ts';
import { NEW, type Stage } from './stage.ts';

const SEED = 'PrepInProgress=False Failed: failed to validate seed image info: ';
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const saying = (text: string, rest = ''): RegExp => new RegExp(`^${escaped(text)}${rest}`, 's');

const image =
  (name: string, pullSecret?: string) =>
  (good: Spec): Spec => ({
    ...good,
    seedImageRef: { ...good.seedImageRef, image: name, pullSecretRef: pullSecret === undefined ? null : { name: pullSecret } },
  });

const inPrep = (bad: Omit<BadInput, 'stage' | 'next'>): BadInput => ({ stage: 'Prep', next: 'Idle', ...bad });

const FOREIGN = seedImage(NEW).replace(/:[^:]*$/, ':foreign');
const GUARDED = seedImage(NEW).replace(NODE_REGISTRY, GUARDED_REGISTRY);

const pullSecret = (password: string): object => {
  const auth = Buffer.from(`${PASSWORD.user}:${password}`).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'seed-pull-secret', namespace: AGENT },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': JSON.stringify({ auths: { [GUARDED_REGISTRY]: { auth } } }) },
  };
};

const guarded = (bad: Pick<BadInput, 'name' | 'says'> & { password?: string; next?: string }): BadInput => {
  let stop: (() => Promise<void>) | undefined;
  return {
    ...inPrep({ name: bad.name, says: bad.says, spec: image(GUARDED, bad.password === undefined ? undefined : 'seed-pull-secret') }),
    ...(bad.next === undefined ? {} : { next: bad.next }),
    before: async ({ set, edge }) => {
      if (bad.password !== undefined) await apply(edge.kubectl, pullSecret(bad.password));
      stop = (await startGuardedRegistry(set)).stop;
    },
    mend: async ({ edge }) => {
      await stop?.();
      await edge.kubectl.run(['delete', 'secret', 'seed-pull-secret', '-n', AGENT, '--ignore-not-found']);
    },
  };
};

/** Turns one bit in the middle of a file; the same once more turns it back. */
const flipBit = (path: string, at: number): void => {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
};

const tamper = async ({ set }: Stage): Promise<void> => {
  const { layers } = await manifestOf<{ layers: { digest: string; size: number }[] }>(set, seedImage(NEW));
  const [layer] = layers;
  if (layer === undefined) throw new Error('the seed has no layer');
  flipBit(blobPath(set, layer.digest), Math.floor(layer.size / 2));
};

const ROOM = '/var/lib/lca/workspace';

/** What is wrong with the image of the seed, with its registry, and with the disk that it goes to. */
export const outages: readonly BadInput[] = [
  inPrep({
    name: 'other architecture',
    says: `${SEED}seed image is for s390x but the cluster being upgraded is amd64, this combination is not supported`,
    before: ({ set }) => pushVariant(set, seedImage(NEW), 'foreign', (config) => ({ ...config, architecture: 's390x' })),
    spec: image(FOREIGN),
  }),
  inPrep({
    name: 'tampered layer',
    says: /^PrepInProgress=False Failed: stateroot setup job failed to complete\. job-name: lca-prep-stateroot-setup, job-namespace: openshift-lifecycle-agent: (The seed image \S+ cannot be pulled|A layer of the seed image \S+ was altered): .*(digest|Digest)/s,
    before: tamper,
    mend: tamper,
  }),
  inPrep({
    name: 'registry down',
    says: saying(`${SEED}The seed image ${seedImage(NEW)} cannot be read: `, '.*connection refused'),
    before: ({ set }) => stopComponent(set.id, undefined, 'registry'),
    mend: ({ set }) => startComponent(set.id, undefined, 'registry'),
  }),
  guarded({
    name: 'registry asks for a password',
    says: saying(`${SEED}The seed image ${GUARDED} cannot be read: `, '.*(unauthorized|authentication required)'),
  }),
  guarded({
    name: 'registry asks for another password',
    password: 'sesame',
    says: saying(`${SEED}The seed image ${GUARDED} cannot be read: `, '.*(unauthorized|authentication required|invalid username/password)'),
  }),
  guarded({
    name: 'registry asks for the password of the pull secret',
    password: PASSWORD.password,
    says: 'PrepCompleted=True Completed: Prep stage completed successfully',
    next: 'Idle,Upgrade',
  }),
  inPrep({
    name: 'disk too small',
    says: saying(
      `${SEED}not enough space for the seed image: it takes `,
      String.raw`\d+\.\d GB \(its size \d+\.\d GB × 2\.2\), and /var/lib/lca has 0\.2 GB free$`,
    ),
    before: ({ edge }) => edge.sh(`mkdir -p -m 700 ${ROOM}; mount -t tmpfs -o size=200m,mode=700 tmpfs ${ROOM}`),
    mend: ({ edge }) => edge.sh(`umount ${ROOM}`),
  }),
];
