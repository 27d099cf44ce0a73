import { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import { nodeKubeconfigPath, requireNode } from '@godwit/devcluster';
import { accessOf, type Client, connect, type KubeObject, loadKubeconfig, type Resource, watch } from '@godwit/kube';
import type { Begun, Look } from './file-marks.ts';
import { EDGE, UPGRADE_FAULTS } from './stage.ts';

const LOOK_MILLISECONDS = 2;
const AGAIN_SECONDS = 0.2;
const BOOT_MILLISECONDS = 200;

/** Told when steps have begun, or have begun again: those that were not begun before, and those that a strike would hit now. */
export type Listener = (fresh: readonly string[], now: readonly string[]) => void;

/** What of the API tells of the steps of a stage: lists of phases in the report, and a condition. */
export type Told = { lists: readonly string[]; condition?: string };

const ofReport =
  ({ lists }: Told) =>
  ({ metadata, status }: ImageBasedUpgradeReport): Begun => ({
    steps: lists.includes(status?.itinerary ?? '') ? (status?.phases ?? []).map(({ name }) => `${status?.itinerary}/${name}`) : [],
    version: metadata.resourceVersion ?? '',
  });

/** What a stage says when it begins a step; numbers and names that come after it are left out. */
const ofUpgrade =
  ({ condition }: Told) =>
  ({ metadata, status }: ImageBasedUpgrade): Begun => ({
    steps: (status?.conditions ?? [])
      .filter((each) => each.type === condition && each.status === 'True')
      .map(({ message }) => `says/${message.split(':', 1)[0]}`),
    version: metadata.resourceVersion ?? '',
  });

const follow = async <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  signal: AbortSignal,
  take: (object: T) => void,
  settled: () => void,
): Promise<void> => {
  const sleep = (_seconds: number, stop: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, AGAIN_SECONDS * 1000);
      stop.addEventListener('abort', () => resolve(), { once: true });
    });
  for await (const event of watch(client, resource, { signal, sleep })) {
    if (event.type === 'listed' || event.type === 'applied') take(event.object);
    if (event.type === 'settled') settled();
  }
};

type Takers = { report: (object: ImageBasedUpgradeReport) => void; upgrade: (object: ImageBasedUpgrade) => void };

/** Follows both objects in one boot of the node; each release has a store of its own, whose versions mean nothing in another. */
const followBoot = ({ report, upgrade }: Takers) => {
  const client = connect(accessOf(loadKubeconfig({ path: nodeKubeconfigPath(UPGRADE_FAULTS, EDGE) })));
  const stop = new AbortController();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const following = [
    follow(client, ImageBasedUpgradeReport, stop.signal, report, first.resolve),
    follow(client, ImageBasedUpgrade, stop.signal, upgrade, second.resolve),
  ];
  return {
    settled: Promise.all([first.promise, second.promise]),
    stop: async (): Promise<void> => {
      stop.abort();
      await Promise.allSettled(following);
      await client.close();
    },
  };
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

const bootOf = (): string | undefined => requireNode(UPGRADE_FAULTS, EDGE).bootId;

/** Watches the steps of a stage from outside the node, over its boots, until it is stopped. What has begun before it is ready is known. */
export const watchSteps = async (told: Told, looks: readonly Look[], listener: Listener): Promise<{ stop(): Promise<void> }> => {
  const seen = new Set(looks.flatMap((look) => look().steps));
  let known = true;
  const [takeReport, takeUpgrade] = [noticing(listener, seen), noticing(listener, seen)];
  const takers: Takers = {
    report: (object) => takeReport(ofReport(told)(object), known),
    upgrade: (object) => takeUpgrade(ofUpgrade(told)(object), known),
  };
  const notice = looks.map((look) => ({ look, take: noticing(listener, seen) }));
  const lookAround = (): void => {
    for (const { look, take } of notice) take(look(), known);
  };
  let boot = bootOf();
  let following = followBoot(takers);
  const ends: Promise<void>[] = [];
  await following.settled;
  lookAround();
  known = false;
  const looking = setInterval(lookAround, LOOK_MILLISECONDS);
  const changing = setInterval(() => {
    if (bootOf() === boot) return;
    boot = bootOf();
    ends.push(following.stop());
    following = followBoot(takers);
  }, BOOT_MILLISECONDS);
  return {
    stop: async () => {
      for (const timer of [looking, changing]) clearInterval(timer);
      await Promise.all([...ends, following.stop()]);
    },
  };
};
