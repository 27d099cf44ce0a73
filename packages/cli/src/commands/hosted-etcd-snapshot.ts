import type { HostedCluster } from '@godwit/api';
import { OPERATOR_NAMESPACE } from '@godwit/hosted';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { askForBackup, backupView, followBackup, recordOf } from '../hosted/etcd-backup.ts';
import { foundCluster } from '../hosted/find.ts';
import { warnWithoutOperator } from '../hosted/owned-operator.ts';
import { type StoreOptions, storeFlags, storeRequest } from '../hosted/store-request.ts';
import { inClusters } from '../hosted/within.ts';
import { type Invocation, secondsIn } from '../invocation.ts';
import { recordLines } from '../printers/backup-record.ts';
import { print } from '../printers/print-value.ts';
import { conditionOf } from '../printers/standard-conditions.ts';
import { reporterFor } from '../progress/reporter.ts';
import { unlessLeft, waitingOf } from '../waiting.ts';

type Options = StoreOptions & { hostedNamespace: string; timeout?: string };

const keyOf = ({ spec }: HostedCluster): string | undefined => spec.secretEncryption?.aescbc?.activeKey.name;

const take = async (invocation: Invocation, cluster: HostedCluster, options: Options): Promise<ExitCode> => {
  const { terminal, environment } = invocation;
  const store = storeRequest(options, environment);
  const client = invocation.client();
  await warnWithoutOperator(invocation, client, invocation.access().context ?? 'this cluster');
  const reporter = reporterFor(terminal, 1, backupView);
  const waiting = waitingOf(invocation, options.timeout === undefined ? undefined : secondsIn('--timeout', options.timeout), reporter);
  const name = await askForBackup(client, cluster, store, { operatorNamespace: options.hostedNamespace, now: new Date() });
  const comeBack = `kubectl get hcpetcdbackup -n ${name.namespace} ${name.name} --watch`;
  return unlessLeft(
    invocation,
    waiting,
    comeBack,
    async () => {
      reporter.step(`snapshot ${name.name}; the API goes on serving`);
      const backup = await followBackup(client, name, waiting, reporter.run).finally(reporter.end);
      const { reason = '', message = '' } = conditionOf(backup, 'BackupCompleted') ?? {};
      const record = reason === 'BackupSucceeded' ? await recordOf(client, name) : undefined;
      if (record === undefined)
        throw new Failure(`etcd of hosted cluster "${cluster.metadata.name}" is not backed up`, {
          reason: reason === 'BackupSucceeded' ? 'RecordMissing' : reason,
          why: message,
          next: commandLine(invocation, `hosted status ${cluster.metadata.name}`),
          exitCode: exitCodes.goalMissed,
        });
      if (!print(invocation, record)) for (const line of recordLines(record)) terminal.out(line);
      const key = keyOf(cluster);
      if (key !== undefined)
        terminal.err(
          `keep the key with it, but not beside it: a restore needs Secret ${cluster.metadata.namespace}/${key}, whose fingerprint is ${record.spec.keyFingerprint}`,
        );
      return exitCodes.done;
    },
    { standsIn: false },
  );
};

/** `godwit hosted etcd-snapshot`. */
export const hostedEtcdSnapshot = command<Options>({
  words: ['hosted', 'etcd-snapshot'],
  summary: 'Takes a snapshot of the etcd of a hosted cluster, stores it in a bucket, reads it back and compares',
  takes: [['<name>', 'name of the hosted cluster']],
  flags: [
    ...storeFlags,
    ['--hosted-namespace <name>', 'namespace in which the operator looks for credentials', OPERATOR_NAMESPACE],
    ['--timeout <time>', 'how long to wait, for instance 10m; default: until it is over'],
  ],
  examples: [
    ['Store a snapshot on AWS', 'hosted etcd-snapshot demo --bucket backups --region eu-central-1 --credentials ~/.aws/credentials'],
    ['Store it on MinIO', 'hosted etcd-snapshot demo --bucket backups --endpoint https://minio:9000 --ca ca.crt --credentials keys'],
  ],
  run: async (call, [text = ''], options) => {
    const invocation = inClusters(call);
    return take(invocation, await foundCluster(invocation, text), options);
  },
});
