import type { KubeObject } from '@godwit/kube';

/** Which engine works on Backup and Restore objects; `auto` leaves them to Velero only where one runs in their namespace. */
export type EngineSetting = 'auto' | 'embedded' | 'velero';

type Deployment = KubeObject & { spec?: { replicas?: number } };

/** Chooses the engine from the setting and the Deployment `velero` beside the objects, if there is one. */
export const chooseEngine = (setting: EngineSetting, velero: KubeObject | undefined): 'embedded' | 'velero' => {
  if (setting !== 'auto') return setting;
  const replicas = velero === undefined ? 0 : ((velero as Deployment).spec?.replicas ?? 1);
  return replicas > 0 ? 'velero' : 'embedded';
};
