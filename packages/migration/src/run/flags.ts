import type { Plan, Run } from './scope.ts';

/** What decides which phases of an itinerary apply; names as in application-migration 3.3. */
export type Flags = {
  quiesce: boolean;
  hasVolumes: boolean;
  directVolume: boolean;
  enableVolume: boolean;
  hasVerify: boolean;
};

type Volume = NonNullable<Plan['spec']['persistentVolumes']>[number];

/** Volumes of a plan that a direct copy carries over: action copy, by file system or block. */
export const copiedVolumes = ({ spec }: Plan): Volume[] =>
  (spec.persistentVolumes ?? []).filter(
    ({ selection }) => selection.action === 'copy' && ['filesystem', 'block', '', undefined].includes(selection.copyMethod),
  );

/** The flags of a run, from the run, its plan and the resources that the settings leave out. */
export const flagsOf = (run: Run, plan: Plan, excludedResources: readonly string[]): Flags => ({
  quiesce: run.spec.quiescePods === true,
  hasVolumes: (plan.spec.persistentVolumes ?? []).some(({ selection }) => selection.action !== 'skip'),
  directVolume: plan.spec.indirectVolumeMigration !== true && copiedVolumes(plan).length > 0,
  enableVolume: !excludedResources.includes('persistentvolumes'),
  hasVerify: run.spec.verify === true,
});
