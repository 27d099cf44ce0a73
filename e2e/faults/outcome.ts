import type { MigMigration } from '@godwit/api';
import { compareRows, type Kubectl, NAMESPACE, type Rows, rowHashes, shopReady } from '@godwit/example-shop';
import type { LocalSet } from '../support/local-set.ts';
import { holds } from '../support/runs.ts';

/** How a struck run ended: `wrong` lists what must not be. */
export type Outcome = { ended: string; wrong: string[] };

const shopPods = async (kubectl: Kubectl): Promise<number> => {
  const text = await kubectl.run([
    'get',
    'pods',
    '-n',
    NAMESPACE,
    '-o',
    'jsonpath={range .items[*]}{.metadata.ownerReferences[0].kind}{"\\n"}{end}',
    '--ignore-not-found',
  ]);
  return text.split('\n').filter((kind) => kind !== '' && kind !== 'Job').length;
};

const lost = async (kubectl: Kubectl, rows: Rows, where: string): Promise<string[]> => {
  const { missing, changed } = compareRows(rows, await rowHashes(kubectl));
  return [...missing.map((id) => `row ${id} is missing on ${where}`), ...changed.map((id) => `row ${id} has changed on ${where}`)].slice(
    0,
    3,
  );
};

/** Judges an ended run: the application runs on exactly one side, with every acknowledged row. */
export const judge = async ({ alpha, beta }: LocalSet, run: MigMigration, rows: Rows): Promise<Outcome> => {
  const succeeded = holds(run, 'Succeeded') || holds(run, 'SucceededWithWarnings');
  const stopped = holds(run, 'Failed') || holds(run, 'Canceled');
  if (!succeeded && !stopped) return { ended: `not at all: ${run.status?.phase}`, wrong: ['the run neither completed nor stopped'] };
  const [runs, sleeps, where] = succeeded ? [beta, alpha, 'beta'] : [alpha, beta, 'alpha'];
  const problems: string[] = [];
  await shopReady(runs).catch((error: Error) => problems.push(`the shop is not ready on ${where}: ${error.message}`));
  if ((await shopPods(sleeps)) > 0) problems.push('the shop has pods on both sides');
  if (problems.length === 0) problems.push(...(await lost(runs, rows, where)));
  return { ended: succeeded ? 'completed on beta' : `stopped, serving on alpha (${(run.status?.errors ?? [])[0] ?? ''})`, wrong: problems };
};
