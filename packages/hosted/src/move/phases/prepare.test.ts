import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { prepareDestination, pulling } from './prepare.ts';

const move = { metadata: { namespace: 'hypershift', name: 'm', uid: '0123456789' } } as Move;
const credentials = '{"auths":{}}';
const now = new Date('2030-01-01T10:00:00Z');

test('images of a private registry are pulled with the pull secret of the hosted cluster, and both go with the move', () => {
  const [secret, pod] = pulling(move, ['registry.test/etcd'], credentials).map(({ object }) => object as never as Record<string, never>);
  expect(secret).toMatchObject({
    kind: 'Secret',
    metadata: {
      namespace: 'hypershift',
      name: 'godwit-pull-01234567',
      ownerReferences: [{ kind: 'HostedClusterMigration', uid: '0123456789' }],
    },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(credentials).toString('base64') },
  });
  expect(pod).toMatchObject({
    metadata: { ownerReferences: [{ uid: '0123456789' }] },
    spec: { imagePullSecrets: [{ name: 'godwit-pull-01234567' }], containers: [{ image: 'registry.test/etcd' }] },
  });
});

test('without a pull secret a pod alone pulls', () => {
  const [pod, ...others] = pulling(move, ['registry.test/etcd'], undefined);
  expect(others).toEqual([]);
  expect(pod?.object).not.toHaveProperty('spec.imagePullSecrets');
});

const needed = pulling(move, ['registry.test/etcd'], credentials);
const waiting = { images: 1, needed, absent: [], phase: 'Pending', seconds: 1, now };
const both = (verb: string) => [`${verb} Secret`, `${verb} Pod`];

test.each<[string, Partial<typeof waiting>, string, string[]]>([
  ['nothing can be pulled', { needed: [] }, 'advance', []],
  ['it begins', { absent: needed as never, phase: undefined as never }, 'wait', both('create')],
  ['only the Secret is lacking', { absent: needed.slice(0, 1) as never }, 'wait', ['create Secret']],
  ['the pod has not ended', {}, 'wait', []],
  ['the pod has ended well', { phase: 'Succeeded' }, 'advance', both('delete')],
  ['its containers could not say true', { phase: 'Failed' }, 'advance', both('delete')],
  ['it takes too long', { seconds: 601 }, 'advance', both('delete')],
])('when %s, what was put up is what is taken away', (_title, change, outcome, effects) => {
  const verdict = prepareDestination.decide({ ...waiting, ...change }, move);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.effects.map((effect) => (effect.do === 'task' ? effect.do : `${effect.do} ${effect.resource.kind}`))).toEqual(effects);
});
