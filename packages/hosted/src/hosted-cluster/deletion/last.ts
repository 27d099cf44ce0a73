import { annotations, durationSeconds } from '@godwit/api';
import { referencesOf } from '../copies/references.ts';
import { markEffect } from '../phases/global-config-marks.ts';
import type { Step } from './step.ts';

/** What the configuration referred to is needed no more. */
export const forgetReferences: Step = {
  name: 'unmark what the configuration referred to',
  find: async ({ cluster: { spec }, namespace, name }) => ({
    effects: referencesOf(spec).configuration.map((reference) => markEffect({ namespace, name }, reference, null)),
  }),
};

/** The reason of condition HostedClusterDestroyed while a grace period runs. */
export const GRACE_PERIOD = 'WaitingForGracePeriod';

/** Keeps the object for a while after everything else has gone, so that whoever watches learns of it. */
export const waitForGracePeriod: Step = {
  name: 'wait for the grace period',
  find: async ({ cluster: { metadata, status }, now }) => {
    const text = metadata.annotations?.[annotations.destroyGracePeriod];
    const seconds = text === undefined ? undefined : durationSeconds(text);
    if (text === undefined || seconds === undefined) return { effects: [] };
    const since = status?.conditions?.find(({ type }) => type === 'HostedClusterDestroyed')?.lastTransitionTime;
    const left = seconds - (since === undefined ? 0 : (now.getTime() - Date.parse(since)) / 1000);
    if (left <= 0) return { effects: [] };
    return {
      effects: [],
      waiting: { reason: GRACE_PERIOD, message: `Hosted resources are destroyed; waiting for grace period: ${text}`, seconds: left },
    };
  },
};
