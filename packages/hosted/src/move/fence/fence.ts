import { ConfigMap, Namespace } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import type { ObjectStore } from '@godwit/objectstore';
import { FIELD_MANAGER } from '../names.ts';

/** What forbids a management cluster to run a hosted cluster: who, since which move, and in favour of whom. */
export type FenceRecord = {
  hostedCluster: { namespace: string; name: string };
  infraID: string;
  /** Counts the moves of this identity; a younger fence outweighs an older one. */
  epoch: number;
  /** UID of the move. */
  move: string;
  /** UIDs of kube-system: whom it forbids, and where the cluster runs from then on. */
  forbids: string;
  favours: string;
  raised: string;
};

const folder = (infraId: string): string => `fence/${infraId}/`;

/** The object of one epoch in the bucket. */
export const fenceKey = (infraId: string, epoch: number): string => `${folder(infraId)}${String(epoch).padStart(6, '0')}.json`;

/** The identity whose fence has this key; undefined: the text is no such key. */
export const infraIdIn = (key: string): string | undefined => /^fence\/([^/]+)\/\d+\.json$/.exec(key)?.[1];

const readRecord = async (store: ObjectStore, key: string): Promise<FenceRecord | undefined> => {
  const body = await store.get(key);
  return body === undefined ? undefined : (JSON.parse(Buffer.concat(await body.toArray()).toString()) as FenceRecord);
};

/** The youngest fence of an identity; undefined: it was never moved. */
export const youngestFence = async (store: ObjectStore, infraId: string): Promise<FenceRecord | undefined> => {
  let last: string | undefined;
  for await (const { key } of store.list(folder(infraId))) last = key;
  return last === undefined ? undefined : readRecord(store, last);
};

/** Raises a fence by a conditional write: of two moves only one gets the epoch. Resolves to the fence that stands. */
export const raiseFence = async (store: ObjectStore, record: FenceRecord): Promise<FenceRecord> => {
  const key = fenceKey(record.infraID, record.epoch);
  const { stored } = await store.put(key, JSON.stringify(record), { ifAbsent: true, contentType: 'application/json' });
  return stored ? record : ((await readRecord(store, key)) ?? record);
};

const LABEL = 'godwit.io/fence';
const nameOf = ({ infraID }: Pick<FenceRecord, 'infraID'>): string => `fence-${infraID}`;

const recordIn = ({ data }: ConfigMap): FenceRecord[] => (data?.fence === undefined ? [] : [JSON.parse(data.fence) as FenceRecord]);

/** The fence of an identity that stands on a management cluster; undefined: none does. */
export const keptFence = async (client: Client, namespace: string, infraId: string): Promise<FenceRecord | undefined> => {
  const found = await client.get(ConfigMap, { namespace, name: nameOf({ infraID: infraId }) });
  return found && recordIn(found)[0];
};

/**
 * Writes the fence down on the management cluster that it forbids: there it counts although the bucket cannot be asked, or is another
 * move's. Resolves to the fence that stands: of two moves only one gets its own there.
 */
export const keepFence = async (client: Client, namespace: string, record: FenceRecord): Promise<FenceRecord> => {
  await client.apply(Namespace, { metadata: { name: namespace } }, { fieldManager: FIELD_MANAGER });
  const metadata = { namespace, name: nameOf(record), labels: { [LABEL]: 'true' } };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { fence: JSON.stringify(record) } };
  try {
    await client.create(ConfigMap, object, { fieldManager: FIELD_MANAGER });
    return record;
  } catch (error) {
    const stands = isApiError(error, 'AlreadyExists') ? await keptFence(client, namespace, record.infraID) : undefined;
    if (stands === undefined) throw error;
    return stands;
  }
};

/** Lifts the fence of an identity from a management cluster that may run it again. */
export const liftFence = async (client: Client, namespace: string, infraId: string): Promise<void> => {
  await client.delete(ConfigMap, { namespace, name: nameOf({ infraID: infraId }) }).catch((error: unknown) => {
    if (!isApiError(error, 'NotFound')) throw error;
  });
};

/** The fences that stand on a management cluster. */
export const keptFences = async (client: Client, namespace: string): Promise<FenceRecord[]> => {
  const { items } = await client.list(ConfigMap, { namespace, labelSelector: `${LABEL}=true` });
  return items.flatMap(recordIn);
};
