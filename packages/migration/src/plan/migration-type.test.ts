import { namePair } from '@godwit/api';
import { expect, test } from 'vitest';

import { judgeMigrationType, migrationTypeOf, type TypeFacts } from './migration-type.ts';

const facts = (namespaces: string[], more: Partial<TypeFacts> = {}): TypeFacts => ({
  indirectImages: false,
  indirectVolumes: false,
  intraCluster: true,
  namespaces: namespaces.map(namePair),
  renamesClaims: false,
  migrations: [],
  ...more,
});

const past = { rollback: false, succeeded: true, migrateState: false };

const said = (given: TypeFacts): string[] =>
  judgeMigrationType(given).map(({ type, reason, durable }) => [type, reason, durable ? 'durable' : ''].filter(Boolean).join(' '));

test.each<[string, TypeFacts, string[]]>([
  ['M16 no namespaces and no migrations are no fault', facts([]), []],
  [
    'M17 some namespaces mapped and some not are in conflict',
    facts(['ns-00:ns-00', 'ns-01:ns-02']),
    ['IntraClusterMigration ConflictingNamespaces'],
  ],
  ['M18 none mapped converts storage', facts(['ns-00:ns-00', 'ns-01:ns-01']), ['MigrationTypeIdentified StorageConversionPlan']],
  ['M18 all mapped migrates state', facts(['ns-00:ns-03', 'ns-01:ns-02']), ['MigrationTypeIdentified StateMigrationPlan']],
  ['two clusters and no renamed claim say nothing', facts(['a'], { intraCluster: false }), []],
  [
    'two clusters and a renamed claim migrate state',
    facts(['a'], { intraCluster: false, renamesClaims: true }),
    ['MigrationTypeIdentified StateMigrationPlan'],
  ],
  ['indirect images migrate namespaces', facts(['a'], { indirectImages: true }), ['MigrationTypeIdentified NamespaceMigrationPlan']],
  [
    'indirect volumes inside a cluster are a fault',
    facts(['a'], { indirectVolumes: true }),
    ['MigrationTypeIdentified NamespaceMigrationPlan', 'IntraClusterMigration NamespaceMigrationPlan'],
  ],
  [
    'a state migration freezes the type',
    facts(['a:b'], { intraCluster: false, migrations: [{ ...past, migrateState: true }] }),
    ['MigrationTypeIdentified StateMigrationPlan durable'],
  ],
  [
    'a conversion freezes the type',
    facts(['a'], { migrations: [{ ...past, migrateState: true }] }),
    ['MigrationTypeIdentified StorageConversionPlan durable'],
  ],
  [
    'another migration freezes the namespace type',
    facts(['a'], { intraCluster: false, migrations: [past] }),
    ['MigrationTypeIdentified NamespaceMigrationPlan durable'],
  ],
  [
    'a rollback that succeeded frees the type',
    facts(['a'], {
      intraCluster: false,
      migrations: [
        { ...past, rollback: true },
        { ...past, migrateState: true },
      ],
    }),
    [],
  ],
])('%s', (_title, given, expected) => {
  expect(said(given)).toEqual(expected);
});

test('a plan without the condition migrates namespaces', () => {
  expect(migrationTypeOf([])).toBe('NamespaceMigrationPlan');
  expect(migrationTypeOf([{ type: 'MigrationTypeIdentified', status: 'True', reason: 'StateMigrationPlan' }])).toBe('StateMigrationPlan');
});
