import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { toStandardError } from '../progress.ts';
import { setFolder } from '../sets/folders.ts';
import { setKubeconfigPath, startSet } from '../sets/start.ts';
import type { Command } from './run.ts';

/** Cleans up in a process of its own, while this one stands still: nothing it has begun can go on behind the cleaner's back. */
const cleanUpOn = (signal: NodeJS.Signals, exitCode: number, set: string): void => {
  process.once(signal, () => {
    process.stderr.write(`\n${signal}: removing what was started\n`);
    execFileSync(process.execPath, [join(import.meta.dirname, '../main.ts'), 'down', '--set', set], { stdio: 'inherit' });
    process.exit(exitCode);
  });
};

/** Starts a set, or says that it runs. */
export const up: Command = async ({ words, set, controlPlaneOnly, hosted }) => {
  cleanUpOn('SIGINT', 130, set);
  cleanUpOn('SIGTERM', 143, set);
  const state = await startSet({
    id: set,
    ...(words.length > 0 ? { clusters: words } : {}),
    controlPlaneOnly,
    hosted,
    progress: toStandardError,
  });
  const flag = set === 'dev' ? '' : ` --set ${set}`;
  process.stdout.write(
    [
      ...state.clusters.map(({ name, server }) => `${name}\t${server}`),
      ...(state.objectStore ? [`MinIO\t${state.objectStore.endpoint}, bucket ${state.objectStore.bucket}`] : []),
      ...(state.registry ? [`Registry\t${state.registry}`] : []),
      ...(state.dns ? [`bind9\t${state.dns.server}, zone ${state.dns.zone}, key ${state.dns.keyFile}`] : []),
      `Kubeconfig\t${setKubeconfigPath(set)}`,
      `Logs\t${setFolder(set)}/*/logs`,
      '',
      `Next: eval "$(npx godwit-dev env${flag})" && kubectl --context ${state.clusters[0]?.name} get nodes`,
      `End:  npx godwit-dev down${flag}`,
      '',
    ].join('\n'),
  );
};
