import type { Spec } from './bad-input.ts';
import { NEW, type Stage } from './stage.ts';

/** Runs a shell line in the stateroot of the new release, before that is booted. */
export const inStateroot =
  (line: string) =>
  ({ edge }: Stage): Promise<string> =>
    edge.sh(`cd /ostree/deploy/rhcos_${NEW}; ${line}`);

/** Keeps a unit of the new release from ever starting. */
export const masked = (unit: string) =>
  inStateroot(`cd deploy/*.0; mkdir -p etc/systemd/system; ln -sf /dev/null etc/systemd/system/${unit}.service`);

/** Gives the new release so much time. */
export const within =
  (seconds: number) =>
  (good: Spec): Spec => ({ ...good, autoRollbackOnFailure: { initMonitorTimeoutSeconds: seconds } });
