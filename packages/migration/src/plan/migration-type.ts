import type { NamePair } from '@godwit/api';
import type { MtcClaim } from '@godwit/controller';
import { advisory, critical } from '../shared/claim.ts';
import { isMapped } from '../shared/namespace-pairs.ts';

/** The kinds of migration that a plan can be for; the reason of its condition MigrationTypeIdentified. */
export type MigrationType = 'NamespaceMigrationPlan' | 'StateMigrationPlan' | 'StorageConversionPlan';

/** A migration of the plan as far as it tells the type; newest first in lists. */
export type PastMigration = { rollback: boolean; succeeded: boolean; migrateState: boolean };

/** What tells the type of a plan. */
export type TypeFacts = {
  indirectImages: boolean;
  indirectVolumes: boolean;
  intraCluster: boolean;
  namespaces: readonly NamePair[];
  renamesClaims: boolean;
  /** Newest first. */
  migrations: readonly PastMigration[];
};

const TYPE = 'MigrationTypeIdentified';
const INTRA = 'IntraClusterMigration';

const identified = (type: MigrationType, durable = false): MtcClaim => ({
  ...advisory(TYPE, type, `The plan is of type ${type}.`),
  ...(durable ? { durable: true } : {}),
});

const indirect = ({ intraCluster, indirectVolumes }: TypeFacts): MtcClaim[] => [
  identified('NamespaceMigrationPlan'),
  ...(intraCluster && indirectVolumes
    ? [
        critical(
          INTRA,
          'NamespaceMigrationPlan',
          'Source and destination are the same cluster, where volumes cannot be migrated indirectly. Set spec.indirectVolumeMigration to false.',
        ),
      ]
    : []),
];

const byClusters = ({ intraCluster, namespaces, renamesClaims }: TypeFacts): MtcClaim[] => {
  if (!intraCluster) return renamesClaims ? [identified('StateMigrationPlan')] : [];
  const mapped = namespaces.filter(isMapped).length;
  if (mapped === 0) return namespaces.length === 0 ? [] : [identified('StorageConversionPlan')];
  if (mapped === namespaces.length) return [identified('StateMigrationPlan')];
  return [
    critical(
      INTRA,
      'ConflictingNamespaces',
      'Source and destination are the same cluster: either all namespaces are mapped to other names (state migration) or none (storage conversion). Correct spec.namespaces.',
    ),
  ];
};

const frozen = (facts: TypeFacts): { type: MigrationType; last: boolean } | undefined => {
  const [newest] = facts.migrations;
  if (newest === undefined || (newest.rollback && newest.succeeded)) return undefined;
  if (!facts.migrations.some(({ migrateState }) => migrateState)) return { type: 'NamespaceMigrationPlan', last: false };
  const conversion = facts.intraCluster && !facts.namespaces.some(isMapped);
  return { type: conversion ? 'StorageConversionPlan' : 'StateMigrationPlan', last: true };
};

/** The type of a plan as claims: MigrationTypeIdentified, or IntraClusterMigration where the plan cannot be carried out. */
export const judgeMigrationType = (facts: TypeFacts): MtcClaim[] => {
  if (facts.indirectImages || facts.indirectVolumes) return indirect(facts);
  const kept = frozen(facts);
  if (kept?.last) return [identified(kept.type, true)];
  const found = byClusters(facts);
  return kept === undefined || found.some(({ type }) => type === TYPE) ? found : [identified(kept.type, true), ...found];
};

/** The type among claims or conditions; a plan without one migrates namespaces. */
export const migrationTypeOf = (
  list: readonly { type: string; status?: string | undefined; reason?: string | undefined }[],
): MigrationType =>
  (list.find(({ type, status = 'True' }) => type === TYPE && status === 'True')?.reason as MigrationType | undefined) ??
  'NamespaceMigrationPlan';
