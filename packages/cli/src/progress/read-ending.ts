import { Backup, Restore } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import type { RunState } from './state.ts';
import type { Ending } from './summary.ts';

const newestOf = async <T extends KubeObject>(client: Client, resource: Resource<T>, { run }: RunState): Promise<T | undefined> => {
  try {
    const { items } = await client.list(resource, { namespace: run.metadata.namespace, labelSelector: `migmigration=${run.metadata.uid}` });
    return items.toSorted((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '')).at(-1);
  } catch {
    return undefined; // what they would add to the summary is not worth failing for
  }
};

/** Reads what the summary of a run tells beside the run: its backup on the source and its restore on the target. */
export const readEnding = async (state: RunState, source: Client, target: Client): Promise<Ending> => {
  const [backup, restore] = await Promise.all([newestOf(source, Backup, state), newestOf(target, Restore, state)]);
  return { state, backup, restore };
};
