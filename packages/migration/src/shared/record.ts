import { randomUUID } from 'node:crypto';
import type { Condition } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { digestOf, orderedJson, TOUCH } from './markers.ts';

type Judged = KubeObject & {
  spec: { refresh?: boolean | undefined };
  status?: { conditions?: Condition[] | undefined; observedDigest?: string | undefined };
};

/** What a round has decided about an object: changes of its spec, and its status without the markers. */
export type Outcome = { spec?: Record<string, unknown>; status: Record<string, unknown> & { conditions: Condition[] } };

const FIELD_MANAGER = 'godwit-migration';

const patchSpec = async <T extends Judged>(client: Client, kind: Resource<T>, object: T, spec: Record<string, unknown>): Promise<T> => {
  const { namespace, name = '', resourceVersion } = object.metadata;
  const metadata = { resourceVersion, annotations: { [TOUCH]: randomUUID() } };
  return client.patch(
    kind,
    { namespace, name },
    { metadata, ...(Object.keys(spec).length === 0 ? {} : { spec }) },
    { fieldManager: FIELD_MANAGER },
  );
};

const changedParts = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(after).filter(([key, value]) => orderedJson(before[key]) !== orderedJson(value)));

/**
 * Writes down what was decided, each part only when it changed: the spec, then the status with the markers, and `refresh: false` last,
 * so that whoever asked for a refresh finds the answer there. Returns the object as it stands then.
 */
export const record = async <T extends Judged>(
  client: Client,
  kind: Resource<T>,
  object: T,
  { spec = {}, status }: Outcome,
): Promise<T> => {
  const { namespace, name = '' } = object.metadata;
  const changes = changedParts(object.spec as Record<string, unknown>, spec);
  const untouched = object.metadata.annotations?.[TOUCH] === undefined;
  let current = object;
  if (Object.keys(changes).length > 0 || untouched) current = await patchSpec(client, kind, object, changes);

  const refreshed = current.spec.refresh === true;
  const observedGeneration = (current.metadata.generation ?? 0) + (refreshed ? 1 : 0);
  const markers = { observedDigest: digestOf(refreshed ? { ...current.spec, refresh: false } : current.spec), observedGeneration };
  const conditions = status.conditions.map((each) => ({ ...each, observedGeneration }));
  const news = changedParts((object.status ?? {}) as Record<string, unknown>, { ...status, conditions, ...markers });
  if (Object.keys(news).length > 0) {
    current = await client.patch(kind, { namespace, name }, { status: news }, { subresource: 'status', fieldManager: FIELD_MANAGER });
  }
  return refreshed ? patchSpec(client, kind, current, { refresh: false }) : current;
};
