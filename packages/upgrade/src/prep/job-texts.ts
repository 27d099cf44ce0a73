import { LCA_NAMESPACE } from '@godwit/api';

/** A part of Prep that upstream gives to a Job; clients know it by these words. */
export type PrepJob = { readonly name: string; readonly launched: string; readonly working: string; readonly failed: string };

/** The parts of Prep that run beside the rounds. */
export const prepJobs = {
  stateroot: {
    name: 'lca-prep-stateroot-setup',
    launched: 'Successfully launched a new job for stateroot setup.',
    working: 'Stateroot setup job in progress.',
    failed: 'stateroot setup job failed to complete.',
  },
  precache: {
    name: 'lca-prep-precache',
    launched: 'Successfully launched a new job precache.',
    working: 'Precache job in progress.',
    failed: 'precache job failed to complete.',
  },
} as const satisfies Record<string, PrepJob>;

/** What the condition says of a part of Prep; `detail` comes last. */
export const jobText = (job: PrepJob, what: 'launched' | 'working' | 'failed', detail = ''): string =>
  `${job[what]} job-name: ${job.name}, job-namespace: ${LCA_NAMESPACE}${detail}`;
