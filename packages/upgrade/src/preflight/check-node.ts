import { BackupStorageLocation, OADP_NAMESPACE } from '@godwit/api';
import { isApiError } from '@godwit/kube';
import { failed, type PreflightCheck, passed, skipped, warned } from './check.ts';
import type { PreflightScope } from './scope.ts';

const CLOCK = 'ClockSkew';
const MOST_SKEW_SECONDS = 30;

type Review = { metadata?: { creationTimestamp?: string } };

/** What the difference between two clocks means, in seconds. Pure. */
const judgeClock = (seconds: number): PreflightCheck => {
  const evidence = `the clock of the API server and that of this machine differ by ${Math.abs(Math.round(seconds))} s`;
  return Math.abs(seconds) <= MOST_SKEW_SECONDS
    ? passed(CLOCK, 'clock of the node', evidence)
    : warned(CLOCK, 'clock of the node', evidence, 'chronyc tracking, on the node and on this machine');
};

/** Whether the node's clock is right, measured by what the API server writes on an object that it does not keep. */
export const checkClock = async ({ cluster }: PreflightScope): Promise<PreflightCheck[]> => {
  const review = await cluster.request<Review>('POST', '/api/v1/namespaces/default/configmaps', {
    query: { dryRun: 'All' },
    contentType: 'application/json',
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'godwit-clock-' } },
  });
  const theirs = Date.parse(review.metadata?.creationTimestamp ?? '');
  if (Number.isNaN(theirs)) return [skipped(CLOCK, 'clock of the node', 'the API server does not say its time')];
  return [judgeClock((Date.now() - theirs) / 1000)];
};

const STORAGE = 'BackupStorageReachable';
const LOOK = `kubectl get backupstoragelocations.velero.io -n ${OADP_NAMESPACE}`;

/** What a place for backups says of itself. Pure. */
const judgeLocation = ({ metadata, status }: BackupStorageLocation): PreflightCheck => {
  const object = `BackupStorageLocation ${OADP_NAMESPACE}/${metadata.name}`;
  const validated = status?.lastValidationTime === undefined ? 'never validated' : `validated at ${status.lastValidationTime}`;
  if (status?.phase === 'Available') return passed(STORAGE, object, `Available, ${validated}`);
  return failed(STORAGE, object, `${status?.phase ?? 'no phase yet'}, ${validated}${status?.message ? `: ${status.message}` : ''}`, LOOK);
};

/** Whether the places for backups can be reached from the cluster, as the engine that uses them has found; only asked when there is something to back up. */
export const checkStorage = async ({ cluster, upgrade }: PreflightScope): Promise<PreflightCheck[]> => {
  if ((upgrade.spec?.oadpContent ?? []).length === 0) return [];
  try {
    const { items } = await cluster.list(BackupStorageLocation, { namespace: OADP_NAMESPACE });
    if (items.length > 0) return items.map(judgeLocation);
    return [failed(STORAGE, `Namespace ${OADP_NAMESPACE}`, 'there is no BackupStorageLocation', LOOK)];
  } catch (error) {
    if (isApiError(error) && error.status === 404)
      return [failed(STORAGE, `Namespace ${OADP_NAMESPACE}`, 'BackupStorageLocations are not served')];
    throw error;
  }
};

const NOT_FROM_HERE = 'the agent looks at it on the host, during Prep';

/** Whether an agent is there that would do the work, and what only it can see. */
export const checkAgent = async ({ report, upgrade }: PreflightScope): Promise<PreflightCheck[]> => {
  const { tier, bootedStateroot, bootId } = report?.status ?? {};
  const hasLooked = upgrade.status?.observedGeneration === upgrade.metadata.generation;
  return [
    report === undefined || !hasLooked
      ? failed(
          'AgentWorks',
          'agent of the node',
          'no agent has looked at the present upgrade',
          'kubectl get ibu,ibur -o yaml, and the log of the agent',
        )
      : passed(
          'AgentWorks',
          'agent of the node',
          `${bootedStateroot ?? 'unknown stateroot'} is booted (boot ${bootId ?? 'unknown'}, tier ${tier ?? 'unknown'})`,
        ),
    skipped('ContainerStorageNotSeparate', '/var/lib/containers', NOT_FROM_HERE),
    skipped(
      'CertificateLifetimes',
      'certificates of the kubelet',
      `${NOT_FROM_HERE}; after the reboot status.rollbackAvailabilityExpiration tells them`,
    ),
  ];
};
