/** The commands that a newcomer may try next. */
export const nextCommands = (set: string): string[] => [
  `eval "$(npx godwit-dev env --set ${set})"   # puts kubectl and the contexts alpha and beta in reach`,
  'kubectl --context beta -n shop get all,pvc',
  'kubectl --context beta -n openshift-migration get migplan,migmigration,directvolumemigration',
  'npx godwit run get --context beta',
  'npx godwit run rollback --help                # how to take the migration back',
  'make demo-down                                # removes the clusters',
];
