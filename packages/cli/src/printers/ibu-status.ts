import type { ImageBasedUpgrade, UpgradeFinding } from '@godwit/api';
import { allowedNow, latestOf, stageOf } from '../ibu/facts.ts';
import type { UpgradeState } from '../ibu/state.ts';
import { headline, progressLine, rollbackLine } from '../ibu/upgrade-view.ts';
import { shortDuration } from './age.ts';
import { historySection } from './describe-ibu.ts';
import { tableLines } from './table.ts';

const HOUR_SECONDS = 3600;
const DAY_HOURS = 24;

/** Until when a rollback is possible, as a countdown that warns a day and an hour before. Pure. */
export const expirationLine = ({ status }: ImageBasedUpgrade, now: Date): string | undefined => {
  const until = status?.rollbackAvailabilityExpiration;
  if (!until) return undefined;
  const seconds = (Date.parse(until) - now.getTime()) / 1000;
  if (seconds <= 0) return `no longer: the certificates of the release before have expired at ${until}`;
  const left = `${until} (in ${shortDuration(seconds)})`;
  if (seconds <= HOUR_SECONDS) return `${left}   WARNING: less than an hour left`;
  return seconds <= DAY_HOURS * HOUR_SECONDS ? `${left}   WARNING: less than a day left` : left;
};

const SIMULATED: Readonly<Record<string, string>> = {
  sysroot: 'sysroot: a folder, nothing boots',
  namespace: 'namespace: reboots are entered in namespaces, no machine restarts',
  qemu: 'qemu: a virtual machine',
};

const hostLine = ({ report }: Pick<UpgradeState, 'report'>): string => {
  const { bootedStateroot, bootId, tier } = report?.status ?? {};
  if (bootedStateroot === undefined) return 'unknown: no agent has told';
  return `${bootedStateroot}, boot ${bootId ?? 'unknown'}${tier === undefined || tier === 'host' ? '' : `, simulated (${SIMULATED[tier] ?? tier})`}`;
};

const findingLines = (findings: readonly UpgradeFinding[]): string[] =>
  findings.length === 0
    ? []
    : [
        '',
        '= Findings =',
        ...tableLines(
          ['SEVERITY', 'CODE', 'OBJECT', 'MESSAGE'],
          findings.map(({ severity, code, object, message }) => [severity, code, object, message.replace(/\s*\n\s*/g, ' ')]),
        ),
        ...findings.flatMap(({ code, remediation }) => (remediation === undefined ? [] : [`  ${code}: ${remediation}`])),
      ];

const lineOf = (title: string, value: string | undefined): string[] => (value === undefined ? [] : [`${`${title}:`.padEnd(14)} ${value}`]);

/** The status of an upgrade for people: where it is, countdowns, findings, and what to type next. Pure. */
export const ibuStatusLines = (state: Pick<UpgradeState, 'upgrade' | 'report'>, now: Date, next: readonly string[]): string[] => {
  const { upgrade, report } = state;
  const { version, image } = upgrade.spec?.seedImageRef ?? {};
  const past = historySection(upgrade).lines;
  return [
    ...lineOf('Stage', `${stageOf(upgrade)} (${latestOf(upgrade)?.reason ?? 'not looked at yet'})`),
    ...lineOf('State', headline(state)),
    ...lineOf('Progress', progressLine({ ...state, link: {} })),
    ...lineOf('Release', version === undefined ? undefined : `${version}  ${image ?? ''}`.trimEnd()),
    ...lineOf('Booted', hostLine(state)),
    ...lineOf('Deadline', rollbackLine(state, now)),
    ...lineOf('Rollback', expirationLine(upgrade, now)),
    ...lineOf('Allowed now', allowedNow(upgrade).join(', ') || 'nothing'),
    ...((upgrade.status?.history ?? []).length === 0 ? [] : ['', '= History =', ...past]),
    ...findingLines(report?.status?.findings ?? []),
    ...(next.length === 0 ? [] : ['', 'Next:', ...next.map((line) => `  ${line}`)]),
  ];
};
