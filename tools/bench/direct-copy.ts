import { DirectVolumeMigration, PersistentVolumeClaim, Pod } from '@godwit/api';
import type { Kubectl } from '@godwit/example-shop';
import { watch } from '@godwit/kube';
import { NAMESPACE, type Stage } from './stage.ts';
import { untilGone, untilObject } from './until.ts';

const TRANSFER_PODS = 'app=directvolumemigration-rsync-transfer';
const ROLE = 'godwit.io/transfer-role';
const DEADLINE_SECONDS = 600;

/** Seconds of one direct volume migration: rsync's copy by its log, the comparing pod as a watch shows it, and everything from creation to completion. */
export type DirectTimes = { copy: number; verify: number; whole: number };

/** What is known of the sending pods by the time they end. */
type Clients = { copied: Promise<number> | undefined; comparing: number | undefined; compared: number | undefined };

/** Seconds between the first and the last line of a container's log, by the stamps that the node gave them. */
const logSpan = async (kubectl: Kubectl, { metadata }: Pod): Promise<number> => {
  const { namespace = '', name = '' } = metadata;
  let [first, last] = [Number.NaN, Number.NaN];
  for await (const line of kubectl.lines(['logs', '--follow', '--timestamps', '-n', namespace, name, '-c', 'rsync'])) {
    const stamp = Date.parse(line.slice(0, line.indexOf(' ')));
    if (Number.isNaN(stamp)) continue;
    if (Number.isNaN(first)) first = stamp;
    last = stamp;
  }
  return (last - first) / 1000;
};

const hasStarted = ({ status }: Pod): boolean =>
  status?.containerStatuses?.some(({ state }) => state?.running ?? state?.terminated) ?? false;
const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

const note = ({ set }: Stage, clients: Clients, pod: Pod, gone: boolean): void => {
  if (!hasStarted(pod)) return;
  if (pod.metadata.labels?.[ROLE] === 'client') {
    clients.copied ??= logSpan(set.alpha, pod);
    clients.copied.catch(() => {}); // awaited at the end
    return;
  }
  clients.comparing ??= performance.now();
  if (gone || isOver(pod)) clients.compared ??= performance.now();
};

/** Follows the sending pods of a namespace of alpha until the signal aborts. */
const followClients = async (stage: Stage, namespace: string, clients: Clients, signal: AbortSignal): Promise<void> => {
  for await (const event of watch(stage.alpha, Pod, { namespace, labelSelector: TRANSFER_PODS, signal }))
    if ('object' in event) note(stage, clients, event.object, event.type === 'deleted');
};

const copyOf = (name: string, namespace: string, claimName: string): DirectVolumeMigration => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'DirectVolumeMigration',
  metadata: { namespace: NAMESPACE, name },
  spec: {
    srcMigClusterRef: { namespace: NAMESPACE, name: 'source-cluster' },
    destMigClusterRef: { namespace: NAMESPACE, name: 'host' },
    createDestinationNamespaces: true,
    deleteProgressReportingCRs: true,
    persistentVolumeClaims: [
      { namespace, name: claimName, targetName: name, targetStorageClass: '', targetAccessModes: ['ReadWriteOnce'], verify: true },
    ],
  },
});

/** Copies a claim of alpha into a new one of beta, compares both, and removes the copy. */
export const copyDirectly = async (stage: Stage, namespace: string, claimName: string, name: string): Promise<DirectTimes> => {
  const { beta } = stage;
  const clients: Clients = { copied: undefined, comparing: undefined, compared: undefined };
  const end = new AbortController();
  const following = followClients(stage, namespace, clients, end.signal);
  const began = performance.now();
  await beta.create(DirectVolumeMigration, copyOf(name, namespace, claimName));
  const done = await untilObject(beta, DirectVolumeMigration, {
    namespace: NAMESPACE,
    name,
    seconds: DEADLINE_SECONDS,
    holds: ({ status }) => status?.phase === 'Completed',
  });
  const whole = (performance.now() - began) / 1000;
  end.abort();
  await following;
  const { copied, comparing = Number.NaN, compared = Number.NaN } = clients;
  if (copied === undefined) throw new Error(`DirectVolumeMigration ${name} copied nothing: ${JSON.stringify(done.status?.conditions)}`);
  const times = { copy: await copied, verify: (compared - comparing) / 1000, whole };
  await beta.delete(DirectVolumeMigration, { namespace: NAMESPACE, name });
  await beta.delete(PersistentVolumeClaim, { namespace, name });
  await untilGone(beta, PersistentVolumeClaim, { namespace, name, seconds: 120 });
  return times;
};
