import { expect, test } from 'vitest';
import { choose, secondsFor, stopsOf } from './pipelines.ts';
import type { Move } from './scope.ts';

type Change = { spec?: object; errors?: string[]; phases?: string[]; deleted?: true; held?: string };

const aMove = ({ spec, errors, phases = [], deleted, held }: Change): Move =>
  ({
    metadata: { name: 'm', ...(deleted ? { deletionTimestamp: '2030-01-01T10:00:00Z' } : {}) },
    spec: { canceled: false, rollback: false, paused: false, ...spec },
    status: {
      ...(errors === undefined ? {} : { errors }),
      phases: [...phases.map((name) => ({ name, started: '2030-01-01T10:00:00Z' })), ...(held === undefined ? [] : [{ name: held }])],
    },
  }) as unknown as Move;

const frozen = ['Preflight', 'FreezeSource'];
const raising = [...frozen, 'RaiseDNS'];

test.each<[string, Change, string | undefined]>([
  ['that is as it should be goes on', { phases: frozen }, 'Move'],
  ['that failed before anything was changed ends', { errors: ['no'], phases: ['Preflight'] }, undefined],
  ['that is canceled before anything was changed ends', { spec: { canceled: true }, held: 'FreezeSource' }, undefined],
  ['that failed goes back', { errors: ['no'], phases: frozen }, 'Undo'],
  ['that is canceled goes back', { spec: { canceled: true }, phases: frozen }, 'Undo'],
  ['that is rolled back goes back', { spec: { rollback: true }, phases: frozen }, 'Undo'],
  ['that is deleted in the middle goes back', { deleted: true, phases: frozen }, 'Undo'],
  ['that is canceled while names begin to lead to the destination goes on', { spec: { canceled: true }, phases: raising }, 'Move'],
  ['that is canceled while it stands before the names goes back', { spec: { canceled: true }, phases: frozen, held: 'RaiseDNS' }, 'Undo'],
  ['that is deleted after the switch goes on until machines work', { deleted: true, phases: [...raising, 'NodesBack'] }, 'Move'],
  ['that is deleted while it is only watched ends', { deleted: true, phases: [...raising, 'Observe'] }, undefined],
  ['that was refused for good after the switch ends', { errors: ['no'], phases: raising }, undefined],
])('a move %s (G-H11)', (_title, change, name) => {
  expect(choose(aMove(change))?.name).toBe(name);
});

test.each([
  ['Move', 'SaveEtcd', 600],
  ['Move', 'RaiseDNS', Number.POSITIVE_INFINITY],
  ['Move', 'NodesBack', Number.POSITIVE_INFINITY],
  ['Undo', 'RestartSource', Number.POSITIVE_INFINITY],
  ['Move', 'DropDNS', 120],
])('in list %s phase %s is given up after %s s: never where there is no way back', (name, phase, seconds) => {
  expect(secondsFor(aMove({ spec: { dnsTimeout: '2m' } }), { name }, { name: phase, deadlineSeconds: 600 })).toBe(seconds);
});

test('a paused move enters no phase, also not the one that it stands before', () => {
  const move = aMove({ spec: { paused: true }, phases: ['Preflight'], held: 'PrepareDestination' });
  const stops = stopsOf(move, choose(move) as never);
  expect(stops.has('PrepareDestination')).toBe(true);
  expect(stops.has('Preflight')).toBe(false);
});

test('a pause holds back neither the way back nor a deletion', () => {
  const back = aMove({ spec: { paused: true, canceled: true }, phases: frozen });
  expect(stopsOf(back, choose(back) as never).size).toBe(0);
  const deleted = aMove({ spec: { paused: true }, phases: raising, deleted: true });
  expect(stopsOf(deleted, choose(deleted) as never).size).toBe(0);
});
