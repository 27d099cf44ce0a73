import { expect, test } from 'vitest';
import { SettingError, settingsFrom } from './settings.ts';

test('an empty environment gives the documented defaults', () => {
  expect(settingsFrom({})).toMatchObject({
    namespace: 'openshift-migration',
    namespaceLimit: 1000,
    podLimit: 10_000,
    volumeLimit: 10_000,
    moveStorageClasses: [],
  });
  expect(settingsFrom({}).transferImage).toBeUndefined();
});

test.each([
  ['a comma list is split and trimmed', { EXCLUDED_RESOURCES: 'events, imagestreams,' }, { excludedResources: ['events', 'imagestreams'] }],
  ['an empty list excludes nothing', { EXCLUDED_RESOURCES: '' }, { excludedResources: [] }],
  ['limits are read', { NAMESPACE_LIMIT: '10', POD_LIMIT: '100', PV_LIMIT: '7' }, { namespaceLimit: 10, podLimit: 100, volumeLimit: 7 }],
  [
    'the transfer image is read',
    { RSYNC_TRANSFER_IMAGE: 'registry.example.com/transfer:1' },
    { transferImage: 'registry.example.com/transfer:1' },
  ],
])('%s', (_title, environment, settings) => {
  expect(settingsFrom(environment)).toMatchObject(settings);
});

test('a flag beats the environment', () => {
  expect(settingsFrom({ RSYNC_TRANSFER_IMAGE: 'a' }, { transferImage: 'b' }).transferImage).toBe('b');
});

test.each(['0', '-1', 'ten', '1.5'])('a limit of "%s" is refused by name', (value) => {
  expect(() => settingsFrom({ POD_LIMIT: value })).toThrow(SettingError);
  expect(() => settingsFrom({ POD_LIMIT: value })).toThrow(`POD_LIMIT is "${value}"`);
});
