import type { ControlPlaneComponent, NodePool } from '@godwit/api';
import { pauseWords } from '../hosted/paused.ts';
import type { HostedStatus } from '../hosted/status.ts';
import { ageOf, shortDuration } from './age.ts';
import { shortBytes } from './bytes.ts';
import { nodePoolPrinting, versionOf } from './hosted-columns.ts';
import { conditionOf } from './standard-conditions.ts';
import { tableLines } from './table.ts';

const said = (component: ControlPlaneComponent, type: string): string => conditionOf(component, type)?.status ?? 'Unknown';

const trouble = (component: ControlPlaneComponent): string =>
  ['Available', 'RolloutComplete']
    .map((type) => conditionOf(component, type))
    .filter((each) => each?.status === 'False')
    .map((each) => each?.message ?? '')[0] ?? '';

const controlPlane = ({ cluster, components }: HostedStatus, now: Date): string[] => {
  const available = conditionOf(cluster, 'Available');
  const since =
    available?.lastTransitionTime === undefined
      ? ''
      : ` for ${shortDuration((now.getTime() - Date.parse(available.lastTransitionTime)) / 1000)}`;
  const { version, image } = cluster.status?.version?.desired ?? {};
  const current = versionOf(cluster) ?? '<none>';
  return [
    `Available: ${available?.status ?? 'Unknown'}${since}${available?.status === 'True' ? '' : ` (${available?.reason ?? 'NotJudged'}: ${available?.message ?? 'no operator has looked at it'})`}`,
    `Version:   ${current}${version === undefined || version === current ? '' : `, on the way to ${version}`}  ${image ?? cluster.spec.release.image}`,
    ...(components.length === 0
      ? ['no components yet']
      : tableLines(
          ['COMPONENT', 'VERSION', 'AVAILABLE', 'ROLLOUT', 'MESSAGE'],
          components.map((each) => [
            each.metadata.name ?? '',
            each.status?.version ?? '',
            said(each, 'Available'),
            said(each, 'RolloutComplete'),
            trouble(each),
          ]),
        )),
  ];
};

const poolTable = (pools: readonly NodePool[]): string[] => {
  const columns = nodePoolPrinting.columns.filter(({ name }) => name !== 'CLUSTER' && name !== 'READY');
  return pools.length === 0
    ? ['no node pools: a control plane without nodes']
    : tableLines(
        ['NAME', ...columns.map(({ name }) => name)],
        pools.map((pool) => [pool.metadata.name ?? '', ...columns.map(({ value }) => value(pool) ?? '')]),
      );
};

const pauses = ({ cluster, pools, leaked }: HostedStatus, now: Date, resume: string): string[] => {
  const rows = [cluster, ...pools].flatMap((object) => {
    const words = pauseWords(object, now);
    return words === undefined ? [] : [`${object.kind} ${object.metadata.name}: ${words}`];
  });
  return [
    ...(rows.length === 0 ? ['Paused:    nothing'] : [...rows.map((row) => `Paused:    ${row}`), `           resume with: ${resume}`]),
    ...leaked.map((each) => `Leaked:    ${each} is still paused though its owner is not; ${resume}`),
  ];
};

const health = ({ cluster, backup }: HostedStatus, now: Date): string[] => [
  backup === undefined
    ? `Backup:    ${cluster.status?.lastSuccessfulEtcdBackupURL ?? 'none of this etcd'}`
    : `Backup:    ${ageOf(backup.spec.taken, now)} ago, ${shortBytes(backup.spec.size)}, revision ${backup.spec.revision}, s3://${backup.spec.location.bucket}/${backup.spec.location.key}`,
];

/** The status of a hosted cluster in three blocks: control plane, node pools, health. `resume` is the command that ends pauses. Pure. */
export const hostedStatusLines = (status: HostedStatus, now: Date, resume: string): string[] => [
  '= Control plane =',
  ...controlPlane(status, now),
  '',
  '= Node pools =',
  ...poolTable(status.pools),
  '',
  '= Health =',
  ...pauses(status, now, resume),
  ...health(status, now),
];
