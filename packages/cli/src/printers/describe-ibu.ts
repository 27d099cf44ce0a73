import type { ImageBasedUpgrade } from '@godwit/api';
import { rollbackSeconds } from '../ibu/facts.ts';
import { shortDuration } from './age.ts';
import { describeLines, type Section } from './describe.ts';
import { tableLines } from './table.ts';

const table = (title: string, names: readonly string[], rows: readonly (readonly string[])[]): Section => ({
  title,
  lines: rows.length === 0 ? ['<none>'] : tableLines(names, rows),
});

const took = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '' : shortDuration((Date.parse(to) - Date.parse(from)) / 1000);

/** When the stages of an upgrade and their parts began and ended. */
export const historySection = ({ status }: ImageBasedUpgrade): Section =>
  table(
    'History',
    ['STAGE', 'PART', 'STARTED', 'COMPLETED', 'TOOK'],
    (status?.history ?? []).flatMap(({ stage = '', phases = [], startTime, completionTime }) => [
      [stage, '-', startTime ?? '', completionTime ?? '', took(startTime, completionTime)],
      ...phases.map((each) => [
        stage,
        each.phase ?? '',
        each.startTime ?? '',
        each.completionTime ?? '',
        took(each.startTime, each.completionTime),
      ]),
    ]),
  );

/** The order of conditions is that of events, so it is kept: the last one is the latest. */
const conditions = ({ status }: ImageBasedUpgrade): Section =>
  table(
    'Conditions, the latest last',
    ['TYPE', 'STATUS', 'REASON', 'MESSAGE'],
    (status?.conditions ?? []).map(({ type, status: holds, reason = '', message = '' }) => [
      type,
      holds,
      reason,
      message.replace(/\s*\n\s*/g, ' '),
    ]),
  );

const refs = (list: readonly { namespace: string; name: string }[] | undefined): string =>
  (list ?? []).map(({ namespace, name }) => `${namespace}/${name}`).join(', ');

/** An upgrade as text. Pure. */
export const ibuLines = (upgrade: ImageBasedUpgrade): string[] => {
  const { metadata, status } = upgrade;
  const spec = (upgrade.spec ?? {}) as Partial<ImageBasedUpgrade['spec']>;
  return describeLines(
    upgrade,
    [
      ['Stage', spec.stage],
      ['Allowed now', (status?.validNextStages ?? []).join(', ')],
      ['Version', spec.seedImageRef?.version],
      ['Image', spec.seedImageRef?.image],
      ['Pull secret', spec.seedImageRef?.pullSecretRef?.name],
      ['Backups and Restores', refs(spec.oadpContent)],
      ['Extra manifests', refs(spec.extraManifests)],
      ['Rolls back by itself', `${shortDuration(rollbackSeconds(upgrade))} after the reboot, unless it is complete`],
      ['Rollback possible until', status?.rollbackAvailabilityExpiration ?? undefined],
      [
        'Annotations',
        Object.entries(metadata.annotations ?? {})
          .map(([key, value]) => `${key}=${value}`)
          .join(', '),
      ],
    ],
    [historySection(upgrade), conditions(upgrade)],
  );
};
