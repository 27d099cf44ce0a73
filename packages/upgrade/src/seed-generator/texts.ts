/** What a SeedGenerator says while it goes on and when it ends, in upstream's words. */
export const seedTexts = {
  waitingForStable: 'Waiting for system to stabilize',
  starting: 'Starting seed generation',
  preparing: 'Preparing for seed generation',
  cleaning: 'Cleaning cluster resources',
  launching: 'Launching imager container',
  finalizing: 'Finalizing seed generation',
  completed: 'Seed Generation completed',
  failed: 'Seed generation failed',
} as const;
