import { command } from '../command.ts';
import { sameCommand } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { storeFlags } from '../hosted/store-request.ts';

/** `godwit hosted backup`: refuses until the objects of a hosted cluster can be stored without moving it. */
export const hostedBackup = command({
  words: ['hosted', 'backup'],
  summary: 'Not built yet: a backup of etcd together with the objects of a hosted cluster, encrypted; etcd alone is hosted etcd-snapshot',
  takes: [['<name>', 'name of the hosted cluster']],
  flags: storeFlags,
  examples: [['Where it will be', 'hosted backup demo --bucket backups']],
  run: async ({ calledAs, argv }) => {
    throw new Failure('a backup with the objects of a hosted cluster is not built yet', {
      reason: 'NotBuilt',
      why: 'today the encrypted bundle of objects is only made by a move; a snapshot of etcd alone can be taken',
      next: sameCommand(
        calledAs,
        argv.map((word) => (word === 'backup' ? 'etcd-snapshot' : word)),
      ),
      exitCode: exitCodes.refused,
    });
  },
});
