import type { MigHook } from '../migration/mig-hook.ts';

const DEADLINE_SECONDS = 1800;

/** What a MigHook says, with upstream's default filled in: its Job may run for half an hour. */
export const readMigHook = ({ spec }: MigHook) => ({
  custom: spec.custom,
  image: spec.image,
  /** Base64; empty for a custom hook. */
  playbook: spec.playbook ?? '',
  targetCluster: spec.targetCluster,
  activeDeadlineSeconds: spec.activeDeadlineSeconds ?? DEADLINE_SECONDS,
});
