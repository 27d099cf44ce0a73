import type { MigPlan } from '@godwit/api';
import { readiness } from './condition-facts.ts';
import { conditionSection, describeLines, type Section } from './describe.ts';
import { tableLines } from './table.ts';

const volumes = ({ spec }: MigPlan): Section => ({
  title: 'Volumes',
  lines:
    (spec.persistentVolumes ?? []).length === 0
      ? ['<none>']
      : tableLines(
          ['CLAIM', 'SIZE', 'CLASS', 'TARGET-CLASS', 'ACTION', 'METHOD', 'VERIFY'],
          (spec.persistentVolumes ?? []).map(({ pvc, capacity = '', storageClass = '', selection }) => [
            `${pvc?.namespace}/${pvc?.name}`,
            String(capacity),
            storageClass,
            selection.storageClass ?? '',
            selection.action ?? '',
            selection.copyMethod ?? '',
            String(selection.verify === true),
          ]),
        ),
});

const incompatible = ({ status }: MigPlan): Section[] => {
  const lines = (status?.incompatibleNamespaces ?? []).flatMap(({ name, gvks }) =>
    gvks.map(({ group, version, kind }) => `${name}: ${kind} (${group}/${version})`),
  );
  return lines.length === 0 ? [] : [{ title: 'Not served on the target', lines }];
};

/** A plan as text. */
export const planLines = (plan: MigPlan): string[] => {
  const { spec, status } = plan;
  return describeLines(
    plan,
    [
      ['Ready', readiness(plan)],
      ['Source', spec.srcMigClusterRef?.name],
      ['Target', spec.destMigClusterRef?.name],
      ['Repository', spec.migStorageRef?.name],
      ['Namespaces', (spec.namespaces ?? []).join(', ')],
      ['Closed', String(spec.closed === true)],
    ],
    [volumes(plan), ...incompatible(plan), conditionSection(status?.conditions ?? [])],
  );
};
