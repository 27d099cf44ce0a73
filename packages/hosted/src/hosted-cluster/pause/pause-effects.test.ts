import type { Cluster, HostedControlPlane } from '@godwit/api';
import { expect, test } from 'vitest';
import { HOLD } from '../../hold.ts';
import { aHostedCluster } from '../hosted-cluster.fixture.ts';
import { pauseEffects } from './pause-effects.ts';

const now = new Date('2030-01-01T12:00:00Z');
const metadata = { namespace: 'clusters-sample', name: 'sample' };
const plane = (pausedUntil?: string) => ({ metadata, spec: { ...(pausedUntil ? { pausedUntil } : {}) } }) as HostedControlPlane;
const machines = (paused?: boolean) => ({ metadata, spec: { ...(paused === undefined ? {} : { paused }) } }) as Cluster;

const patches = (pausedUntil: string | undefined, controlPlane?: HostedControlPlane, cluster?: Cluster, held?: string) => {
  const annotations = held === undefined ? {} : { [HOLD]: held };
  const hosted = aHostedCluster(pausedUntil === undefined ? {} : { pausedUntil }, { annotations });
  return pauseEffects({ cluster: hosted, controlPlane, machines: cluster, now }).map((effect) => 'patch' in effect && effect.patch);
};

test.each([
  ['T9: a paused cluster pauses its control plane', patches('true', plane()), [{ spec: { pausedUntil: 'true' } }]],
  ['T9: an unpaused cluster takes the pause away', patches(undefined, plane('true')), [{ spec: { pausedUntil: null } }]],
  ['T9: without a control plane nothing is written', patches('true'), []],
  ['T9: what is right already is not written', patches('true', plane('true')), []],
  ['T10: a paused cluster pauses its machines', patches('true', plane('true'), machines()), [{ spec: { paused: true } }]],
  ['T10: an unpaused cluster lets its machines go on', patches(undefined, plane(), machines(true)), [{ spec: { paused: false } }]],
  ['T10: machines that are right already are not written', patches(undefined, plane(), machines()), []],
  [
    'a pause that is over is no pause for machines',
    patches('2029-01-01T00:00:00Z', plane('2029-01-01T00:00:00Z'), machines(true)),
    [{ spec: { paused: false } }],
  ],
  [
    'machines that a move holds rest although the cluster is not paused',
    patches(undefined, plane(), machines(), 'dns,machines'),
    [{ spec: { paused: true } }],
  ],
])('%s', (_title, found, expected) => {
  expect(found).toEqual(expected);
});
