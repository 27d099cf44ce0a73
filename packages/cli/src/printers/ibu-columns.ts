import type { ImageBasedUpgrade } from '@godwit/api';
import { latestOf } from '../ibu/facts.ts';
import type { Printing } from './print-objects.ts';

/** How upgrades are shown: the columns of `kubectl get ibu`, and what may come next. */
export const ibuPrinting: Printing<ImageBasedUpgrade> = {
  noun: 'ibu',
  columns: [
    { name: 'DESIRED-STAGE', value: ({ spec }) => (spec as Partial<ImageBasedUpgrade['spec']> | undefined)?.stage },
    { name: 'STATE', value: (upgrade) => latestOf(upgrade)?.reason },
    { name: 'NEXT', value: ({ status }) => (status?.validNextStages ?? []).join(',') },
    { name: 'DETAILS', value: (upgrade) => latestOf(upgrade)?.message?.replace(/\s*\n\s*/g, ' ') },
    { name: 'VERSION', value: ({ spec }) => spec?.seedImageRef?.version, wide: true },
    { name: 'IMAGE', value: ({ spec }) => spec?.seedImageRef?.image, wide: true },
  ],
};
