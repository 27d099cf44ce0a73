import { labels, MigPlan, PersistentVolumeClaim } from '@godwit/api';
import { advance, type Effect, fail } from '@godwit/controller';
import { STEP, volumePhase } from '../phase.ts';
import { ClaimsCreated, SourceClaimsMissing } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import { destinationClaim, type Owner } from '../transfer/destination-claim.ts';
import { claimText, type VolumePair, volumePairs } from '../volume-pair.ts';

type Found = { pair: VolumePair; source: PersistentVolumeClaim | undefined; exists: boolean };
type Facts = { found: readonly Found[]; owner: Owner | undefined };

const ownerOf = async ({ host, owner }: Scope): Promise<Owner | undefined> => {
  if (owner?.metadata.uid === undefined) return undefined;
  const { name, namespace } = owner.spec.migPlanRef ?? {};
  const plan = name ? await host.get(MigPlan, { name, namespace: namespace ?? owner.metadata.namespace }) : undefined;
  return { migrationUid: owner.metadata.uid, planUid: plan?.metadata.uid ?? owner.metadata.labels?.[labels.migratedByMigPlan] };
};

/** Creates the claims that are copied into; a claim that exists is kept as it is, so that a later pass sends only changes. */
export const createDestinationPVCs = volumePhase({
  name: 'CreateDestinationPVCs',
  step: STEP,
  description: 'Creating volume claims on the target cluster',
  observe: async (scope, dvm): Promise<Facts> => ({
    owner: await ownerOf(scope),
    found: await Promise.all(
      volumePairs(dvm).map(async (pair) => {
        const [source, target] = await Promise.all([
          scope.source.find(PersistentVolumeClaim, pair.source),
          scope.target.find(PersistentVolumeClaim, pair.target),
        ]);
        return { pair, source, exists: target !== undefined };
      }),
    ),
  }),
  decide: ({ found, owner }, dvm) => {
    const gone = found.filter(({ source }) => source === undefined);
    if (gone.length > 0) return fail(SourceClaimsMissing({ volumes: gone.map(({ pair }) => claimText(pair.source)).join(', ') }));
    const creations = found.flatMap(({ pair, source, exists }): Effect[] =>
      exists || source === undefined
        ? []
        : [{ do: 'create', on: 'target', resource: PersistentVolumeClaim, object: destinationClaim(dvm, pair, source, owner) }],
    );
    return advance(ClaimsCreated({ created: creations.length, kept: found.length - creations.length }), creations);
  },
});
