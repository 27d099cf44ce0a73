import type { KubeObject } from '@godwit/kube';
import { apiServiceRule, buildRule, defaultBindingRule, publishedRule } from './generated.ts';
import { jobRule } from './job.ts';
import { metadataRule, placementRule } from './metadata.ts';
import { ownedRule } from './owned.ts';
import { endedPodRule, podRule } from './pod.ts';
import { roleBindingRule } from './role-binding.ts';
import { routeRule } from './route.ts';
import type { ItemFacts, ItemRule, RuleOutcome } from './rule.ts';
import { secretRule } from './secret.ts';
import { serviceRule } from './service.ts';
import { serviceAccountRule } from './service-account.ts';
import { claimRule, volumeRule } from './volume.ts';

/** Everything that happens to an object between archive and cluster, in order: what stays out first, placement last. */
const restoreRules: readonly ItemRule[] = [
  endedPodRule,
  ownedRule,
  apiServiceRule,
  buildRule,
  defaultBindingRule,
  publishedRule,
  secretRule,
  jobRule,
  metadataRule,
  podRule,
  serviceRule,
  serviceAccountRule,
  volumeRule,
  claimRule,
  roleBindingRule,
  routeRule,
  placementRule,
];

/** Carries an object through the rules; the first one that leaves it out ends the walk. */
export const applyRules = (object: KubeObject, facts: ItemFacts, rules: readonly ItemRule[] = restoreRules): RuleOutcome => {
  let current = object;
  for (const rule of rules) {
    if (rule.on && !rule.on.includes(facts.resource)) continue;
    const outcome = rule.apply(current, facts);
    if ('skip' in outcome) return outcome;
    current = outcome.keep;
  }
  return { keep: current };
};
