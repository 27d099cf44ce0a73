import type { HostedSet } from '../support/hosted/hosted-set.ts';
import { operatorFlags } from '../support/hosted/operator.ts';

/** The commands that a newcomer may try next. */
export const nextCommands = (set: HostedSet): string[] => [
  `eval "$(npx godwit-dev env --set ${set.id})"   # puts kubectl and the contexts alpha and beta in reach`,
  'kubectl --context alpha get hostedcluster,nodepool,controlplanecomponent,machine --all-namespaces',
  'kubectl --context beta -n hypershift get hostedclustermigration -o yaml',
  'npx godwit hosted get --context alpha',
  `npx godwit operator run --context alpha ${operatorFlags(set, 'alpha').join(' ')}   # the operators ended with the demo`,
  'make hosted-demo-down                        # removes the clusters',
];
