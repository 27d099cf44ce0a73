import { expect, test } from 'vitest';
import { judgeAll } from '../../shared/check.ts';
import { aVolume } from '../facts.fixture.ts';
import { quotaExceeded } from './quota.ts';
import { type SelectionFacts, selectionChecks } from './selections.ts';

const standard = {
  name: 'standard',
  provisioner: 'p',
  default: true,
  volumeAccessModes: [{ volumeMode: 'Filesystem', accessModes: ['ReadWriteOnce'] }],
};

const facts = (volumes: SelectionFacts['volumes'], more: Partial<SelectionFacts> = {}): SelectionFacts => ({
  volumes,
  sourceClasses: [standard],
  destinationClasses: [standard],
  type: 'NamespaceMigrationPlan',
  volumeLimit: 100,
  withoutCeph: [],
  exceeded: [],
  ...more,
});

const found = (given: SelectionFacts): string[] =>
  judgeAll([...selectionChecks, quotaExceeded], given).claims.map(({ type, reason, category }) =>
    [category, type, reason].filter(Boolean).join(' '),
  );

test.each<[string, SelectionFacts, string[]]>([
  ['volumes in order', facts([aVolume('a')]), []],
  ['no volumes', facts([]), []],
  ['no action', facts([aVolume('a', { action: '' })]), ['Error PvInvalidAction NotDone']],
  ['an action that is not supported', facts([aVolume('a', { action: 'move' })]), ['Error PvInvalidAction NotDone']],
  [
    'nothing supported',
    facts([{ ...aVolume('a', { action: 'skip' }), supported: { actions: [], copyMethods: [] } }]),
    ['Error PvInvalidAction NotDone', 'Warn PvNoSupportedAction'],
  ],
  ['a storage class that is not there', facts([aVolume('a', { storageClass: 'gone' })]), ['Error PvInvalidStorageClass NotDone']],
  ['a storage class that is not there, of a volume to skip', facts([aVolume('a', { action: 'skip', storageClass: 'gone' })]), []],
  ['no storage class, with a default', facts([aVolume('a', { storageClass: '' })]), ['Warn PvNoStorageClassSelection NotFound']],
  [
    'no storage class, without a default',
    facts([aVolume('a', { storageClass: '' })], { destinationClasses: [{ ...standard, default: false }] }),
    ['Error PvInvalidStorageClass NotDone', 'Warn PvNoStorageClassSelection NotFound'],
  ],
  [
    'an unknown access mode',
    facts([aVolume('a', { accessMode: 'Sometimes' })]),
    ['Error PvInvalidAccessMode NotDone', 'Warn PvWarnAccessModeUnavailable NotFound'],
  ],
  [
    'an access mode that the class lacks',
    facts([aVolume('a', { accessMode: 'ReadWriteMany' })]),
    ['Warn PvWarnAccessModeUnavailable NotFound'],
  ],
  ['access mode auto', facts([aVolume('a', { accessMode: 'auto' })]), []],
  ['no copy method', facts([aVolume('a', { copyMethod: '' })]), ['Error PvNoCopyMethodSelection NotFound']],
  ['an unknown copy method', facts([aVolume('a', { copyMethod: 'pigeon' })]), ['Error PvInvalidCopyMethod NotDone']],
  ['copy by snapshot', facts([aVolume('a', { copyMethod: 'snapshot' })]), ['Warn PvWarnCopyMethodSnapshot']],
  ['more volumes than the limit', facts([aVolume('a'), aVolume('b')], { volumeLimit: 1 }), ['Warn PvLimitExceeded LimitExceeded']],
  ['Gluster without Ceph to go to', facts([aVolume('a')], { withoutCeph: ['a'] }), ['Warn PvWarnNoCephAvailable']],
  [
    'a conversion that keeps the name',
    facts([aVolume('a')], { type: 'StorageConversionPlan', destinationClasses: [standard, { ...standard, name: 'b' }] }),
    ['Error PvNameConflict'],
  ],
  [
    'a conversion with one class',
    facts([aVolume('a', {}, { name: 'x:y' })], { type: 'StorageConversionPlan' }),
    ['Critical StorageClassConversionUnavailable'],
  ],
  [
    'a conversion that skips everything',
    facts([aVolume('a', { action: 'skip' })], { type: 'StorageConversionPlan' }),
    ['Critical StorageClassConversionUnavailable'],
  ],
  [
    'a quota that is too small',
    facts([aVolume('a')], { exceeded: [{ namespace: 'shop', quota: 'q', resource: 'requests.storage', needed: '1Gi', left: '0' }] }),
    ['Critical QuotaExceededOnDestinationCluster LimitExceeded'],
  ],
])('%s', (_title, given, expected) => {
  expect(found(given)).toEqual(expected);
});
