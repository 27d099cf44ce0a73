import type { KubeObject, ServedResource } from '@godwit/kube';
import { GR } from '../group-resource.ts';
import { inParallel } from '../in-parallel.ts';
import type { Outcome } from './outcome.ts';
import { type RestoreRun, servedFor } from './restore-run.ts';

const PATIENCE_SECONDS = 120;
const POLL_SECONDS = 0.25;
const WIDTH = 16;

type Definition = KubeObject & { status?: { conditions?: { type: string; status: string }[] } };

const isEstablished = (object: KubeObject | undefined): boolean =>
  ((object as Definition | undefined)?.status?.conditions ?? []).some(({ type, status }) => type === 'Established' && status === 'True');

const isServed = (run: RestoreRun, name: string): boolean => run.served.some(({ plural, group }) => `${plural}.${group}` === name);

/** Waits until the definitions that were just restored are established and served, and asks the target again what it serves. */
export const awaitDefinitions = async (run: RestoreRun, outcomes: readonly Outcome[]): Promise<void> => {
  const fresh = outcomes.filter(({ resource, action }) => resource === GR.definitions && action !== 'failed' && action !== 'skipped');
  const definition: ServedResource | undefined = servedFor(run, GR.definitions, 'apiextensions.k8s.io/v1');
  if (fresh.length === 0 || !definition) return;
  const until = run.clock.now().getTime() + PATIENCE_SECONDS * 1000;
  let waiting = fresh.map(({ name }) => name);
  for (;;) {
    const found = await inParallel(waiting, WIDTH, (name) => run.target.client.get(definition, { name }));
    waiting = waiting.filter((_, index) => !isEstablished(found[index]));
    if (waiting.length === 0) {
      run.served = await run.target.client.discover({ fresh: true });
      waiting = fresh.map(({ name }) => name).filter((name) => !isServed(run, name));
      if (waiting.length === 0) return;
    }
    if (run.clock.now().getTime() > until) {
      for (const name of waiting)
        run.log.warning(`definition ${name} is not established after ${PATIENCE_SECONDS} seconds`, { resource: GR.definitions, name });
      return;
    }
    await run.clock.sleep(POLL_SECONDS, run.signal);
  }
};
