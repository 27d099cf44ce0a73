import { PersistentVolumeClaim } from '@godwit/api';
import { advance, fail } from '@godwit/controller';
import { STEP, volumePhase } from '../phase.ts';
import { BlockVolumesNotSupported, ClaimsPaired, Prepared, Started } from '../reasons.ts';
import { claimText, type VolumePair, volumePairs } from '../volume-pair.ts';

/** Marks that the work has begun. */
export const started = volumePhase({
  name: 'Started',
  step: STEP,
  description: 'Started volume migration',
  observe: async () => undefined,
  decide: () => advance(Started()),
});

type Facts = { blocks: readonly VolumePair[]; twice: readonly string[] };

/** Targets that more than one volume would be copied into. */
const pairedTwice = (pairs: readonly VolumePair[]): string[] =>
  [...Map.groupBy(pairs, ({ target }) => claimText(target))].filter(([, group]) => group.length > 1).map(([target]) => target);

/** Refuses what cannot be copied before anything is made. */
export const prepare = volumePhase({
  name: 'Prepare',
  step: STEP,
  description: 'Preparing for volume migration',
  observe: async ({ source }, dvm): Promise<Facts> => {
    const pairs = volumePairs(dvm);
    const claims = await Promise.all(pairs.map((pair) => source.find(PersistentVolumeClaim, pair.source)));
    const isBlock = (_: VolumePair, index: number) => claims[index]?.spec?.volumeMode === 'Block';
    return { blocks: pairs.filter((pair, index) => isBlock(pair, index) || pair.volumeMode === 'Block'), twice: pairedTwice(pairs) };
  },
  decide: ({ blocks, twice }) => {
    if (blocks.length > 0) return fail(BlockVolumesNotSupported({ volumes: blocks.map(({ source }) => claimText(source)).join(', ') }));
    if (twice.length > 0) return fail(ClaimsPaired({ volumes: twice.join(', ') }));
    return advance(Prepared());
  },
});
