import { toStandardError } from '@godwit/devcluster';
import { copyDirectly, type DirectTimes } from '../direct-copy.ts';
import { startOperator } from '../operator.ts';
import { median, type Result, type Row, rounded } from '../row.ts';
import { type CopyTimes, copyOverSsh } from '../rsync-over-ssh.ts';
import { type SshServer, startSshServer } from '../ssh-server.ts';
import { openStage, type Stage } from '../stage.ts';
import { createNamespace, filledClaim, settleDisks } from '../volumes.ts';

const NAMESPACE = 'bench-copy';
const SAMPLES = 5;

type Load = { name: string; title: string; size: string; megabytes: number; script: string };

const LOADS: readonly Load[] = [
  { name: 'large', title: 'one 1 GiB file', size: '2Gi', megabytes: 1024, script: 'head -c 1G /dev/urandom > file' },
  {
    name: 'small',
    title: '20,000 files of 4 KiB',
    size: '1Gi',
    megabytes: 78.125,
    script: 'for folder in {1..20}; do mkdir $folder; head -c 4096000 /dev/urandom | split -b 4096 -a 4 -d - $folder/file; done',
  },
];

type Pair = { direct: DirectTimes; ssh: CopyTimes };

const sample = async (stage: Stage, server: SshServer, load: Load, folder: string, at: number): Promise<Pair> => {
  await settleDisks();
  const direct = await copyDirectly(stage, NAMESPACE, load.name, `bench-${load.name}-${at}`);
  await settleDisks();
  const ssh = await copyOverSsh(server, folder, `bench-ssh-${load.name}-${at}`);
  toStandardError(`  ${load.title}: direct ${JSON.stringify(direct)}, over ssh ${JSON.stringify(ssh)}`);
  return { direct, ssh };
};

const middle = (pairs: readonly Pair[], of: (pair: Pair) => number): number => rounded(median(pairs.map(of)));

const resultOf = ({ name, title, megabytes }: Load, pairs: readonly Pair[]): Result => {
  const ours = pairs.map(({ direct }) => megabytes / direct.copy);
  const reference = median(pairs.map(({ ssh }) => megabytes / ssh.copy));
  return {
    name: `volume-copy-${name}`,
    ours: median(ours),
    reference,
    unit: 'MiB/s',
    referenceKind: 'measured',
    goal: '≥ 0.9 × rsync over ssh',
    met: median(ours) >= 0.9 * reference,
    samples: ours,
    note: `${title}, median of ${pairs.length}, alternating. Both from rsync's first line, when both sides talk, to its end (stamps of the log; of the pipe). Beside it: comparing pod ${middle(pairs, ({ direct }) => direct.verify)} s, as a watch shows it; whole DirectVolumeMigration with pods and comparison ${middle(pairs, ({ direct }) => direct.whole)} s; ssh with its connection ${middle(pairs, ({ ssh }) => ssh.whole)} s.`,
  };
};

const measureLoad = async (stage: Stage, server: SshServer, load: Load): Promise<Result> => {
  const folder = await filledClaim(stage.alpha, 'alpha', { namespace: NAMESPACE, ...load });
  const pairs: Pair[] = [];
  for (let at = 1; at <= SAMPLES; at += 1) pairs.push(await sample(stage, server, load, folder, at));
  return resultOf(load, pairs);
};

/** Throughput of a volume copy, side by side with rsync over ssh between the same two network namespaces. */
export const volumeCopy: Row = {
  name: 'volume-copy',
  title: 'one large file and many small ones, against rsync over ssh',
  measure: async () => {
    const stage = await openStage();
    for (const client of [stage.alpha, stage.beta]) await createNamespace(client, NAMESPACE);
    const operator = startOperator(stage);
    const server = await startSshServer();
    try {
      const results: Result[] = [];
      for (const load of LOADS) results.push(await measureLoad(stage, server, load));
      return results;
    } finally {
      await server.stop();
      await operator.stop();
    }
  },
};
