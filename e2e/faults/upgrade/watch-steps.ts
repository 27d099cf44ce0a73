import { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import { nodeKubeconfigPath } from '@godwit/devcluster';
import { accessOf, type Client, connect, type KubeObject, loadKubeconfig, type Resource, watch } from '@godwit/kube';
import type { Begun, Look } from './file-marks.ts';
import { EDGE, UPGRADE_FAULTS } from './stage.ts';

const LOOK_MILLISECONDS = 2;
const AGAIN_SECONDS = 0.2;

/** Told when steps have begun, or have begun again: those that were not begun before, and those that a strike would hit now. */
export type Listener = (fresh: readonly string[], now: readonly string[]) => void;

const ofReport = ({ metadata, status }: ImageBasedUpgradeReport): Begun => ({
  steps: (status?.phases ?? []).map(({ name }) => `${status?.itinerary}/${name}`),
  version: metadata.resourceVersion ?? '',
});

const FOLLOWED = ['UpgradeInProgress', 'RollbackInProgress'];

/** What a stage says when it begins a step; numbers and names that come after it are left out. */
const ofUpgrade = ({ metadata, status }: ImageBasedUpgrade): Begun => ({
  steps: (status?.conditions ?? [])
    .filter((each) => FOLLOWED.includes(each.type) && each.status === 'True')
    .map(({ message }) => `says/${message.split(':', 1)[0]}`),
  version: metadata.resourceVersion ?? '',
});

const follow = async <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  signal: AbortSignal,
  take: (object: T, known: boolean) => void,
  settled: () => void,
): Promise<void> => {
  const sleep = (_seconds: number, stop: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, AGAIN_SECONDS * 1000);
      stop.addEventListener('abort', () => resolve(), { once: true });
    });
  let known = true;
  for await (const event of watch(client, resource, { signal, sleep })) {
    if (event.type === 'listed' || event.type === 'applied') take(event.object, known);
    if (event.type !== 'settled') continue;
    known = false;
    settled();
  }
};

/** Compares what has begun with what was known. */
const noticing = (listener: Listener, seen: Set<string>) => {
  let before = '';
  return ({ steps, version, apart }: Begun, known = false): void => {
    const last = steps.at(-1);
    const state = `${last} ${version} ${steps.length}`;
    if (last === undefined || state === before) return;
    before = state;
    const fresh = steps.filter((step) => !seen.has(step));
    for (const step of fresh) seen.add(step);
    if (!known) listener(fresh, apart || fresh.length === 0 ? [last] : fresh);
  };
};

/** Watches the steps of a stage from outside the node until it is stopped. What has begun before it is ready is known. */
export const watchSteps = async (looks: readonly Look[], listener: Listener): Promise<{ stop(): Promise<void> }> => {
  const seen = new Set(looks.flatMap((look) => look().steps));
  const client = connect(accessOf(loadKubeconfig({ path: nodeKubeconfigPath(UPGRADE_FAULTS, EDGE) })));
  const stop = new AbortController();
  const [report, upgrade] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const [takeReport, takeUpgrade] = [noticing(listener, seen), noticing(listener, seen)];
  const following = [
    follow(client, ImageBasedUpgradeReport, stop.signal, (object, known) => takeReport(ofReport(object), known), report.resolve),
    follow(client, ImageBasedUpgrade, stop.signal, (object, known) => takeUpgrade(ofUpgrade(object), known), upgrade.resolve),
  ];
  await Promise.all([report.promise, upgrade.promise]);
  const notice = looks.map((look) => ({ look, take: noticing(listener, seen) }));
  const timer = setInterval(() => {
    for (const { look, take } of notice) take(look());
  }, LOOK_MILLISECONDS);
  return {
    stop: async () => {
      clearInterval(timer);
      stop.abort();
      await Promise.allSettled(following);
      await client.close();
    },
  };
};
