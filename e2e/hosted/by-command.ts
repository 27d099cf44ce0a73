import type { HostedClusterMigration } from '@godwit/api';
import { godwit } from '../support/godwit.ts';
import { CLUSTERS, type HostedSet, OPERATOR, otherSide, type Side } from '../support/hosted/hosted-set.ts';
import { MOVES_PREFIX } from '../support/hosted/move.ts';
import { SAMPLE } from '../support/hosted/sample.ts';
import type { Stage } from './stage.ts';

const moveArguments = ({ objectStore }: HostedSet, to: Side): string[] => [
  'hosted',
  'move',
  SAMPLE,
  `--namespace=${CLUSTERS}`,
  `--context=${otherSide(to)}`,
  `--mgmt-target=${to}`,
  `--bucket=${objectStore.bucket}`,
  `--prefix=${MOVES_PREFIX}`,
  `--endpoint=${objectStore.endpoint}`,
  `--ca=${objectStore.authorityPath}`,
];

/** Line 4: has the command check whether the move would succeed, without a change. */
export const rehearse = async ({ set, score, say }: Stage, to: Side): Promise<void> => {
  say('godwit hosted move --dry-run');
  const { exitCode } = await godwit(set, [...moveArguments(set, to), '--dry-run'], { show: true });
  const moves = await set[to].run(['get', 'hostedclustermigrations', '--all-namespaces', '-o', 'name']);
  score.holds(
    'the command finds nothing in the way of the move, and leaves nothing behind',
    exitCode === 0 && moves.trim() === '',
    moves.trim(),
  );
};

const newest = async (set: HostedSet, to: Side): Promise<HostedClusterMigration> => {
  const argv = ['get', 'hostedclustermigrations', '-n', OPERATOR, '--sort-by=.metadata.creationTimestamp', '-o', 'json'];
  const { items } = JSON.parse(await set[to].run(argv)) as { items: HostedClusterMigration[] };
  const last = items.at(-1);
  if (last === undefined) throw new Error(`the command left no move on ${to}`);
  return last;
};

/** Moves the hosted cluster as a user would, watching, with what is left on the source removed at the end. */
export const moveByCommand = async ({ set, score, say }: Stage, to: Side, soak: string): Promise<HostedClusterMigration> => {
  say(`godwit hosted move --mgmt-target ${to}`);
  const { exitCode } = await godwit(set, [...moveArguments(set, to), `--soak=${soak}`, `--confirm-teardown=${SAMPLE}`, '--yes'], {
    show: true,
  });
  score.holds(`godwit hosted move to ${to} ends with exit code 0`, exitCode === 0, String(exitCode));
  return newest(set, to);
};
