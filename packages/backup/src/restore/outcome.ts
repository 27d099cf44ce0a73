import type { InventoryEntry, RestoreVerification } from '@godwit/api';

/** Why an item was not restored as it was, in one word that a program can group by. */
export type Cause =
  | 'QuotaExceeded'
  | 'ImmutableField'
  | 'ExistsAndDiffers'
  | 'RefusedByWebhook'
  | 'NoSuchKind'
  | 'Forbidden'
  | 'Invalid'
  | 'NamespaceTerminating'
  | 'Undecodable'
  | 'Unreachable'
  | 'LeftOut'
  | 'Altered'
  | 'VolumeDataMissing'
  | 'Other';

/** What became of one item of a restore. */
export type Outcome = {
  resource: string;
  /** The target namespace; empty for cluster-scoped items. */
  namespace: string;
  name: string;
  action: 'created' | 'updated' | 'skipped' | 'failed';
  cause?: Cause;
  message?: string;
  /** What to do about it. */
  remedy?: string;
  /** True where an outcome that is no failure deserves a look. */
  warning?: boolean;
  kind?: string;
  apiVersion?: string;
  uid?: string;
  /** Paths at which the API server stored something else than was sent. */
  altered?: readonly string[];
};

const groupOf = (apiVersion: string): [string, string] => {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? ['', first] : [first, second];
};

/** The inventory of a restore: what it created. */
export const inventoryOf = (outcomes: readonly Outcome[]): InventoryEntry[] =>
  outcomes.flatMap(({ action, uid, apiVersion = '', kind = '', resource, namespace, name }) => {
    const [group, version] = groupOf(apiVersion);
    const [plural = ''] = resource.split('.');
    return action === 'created' && uid ? [{ group, version, kind, plural, ...(namespace === '' ? {} : { namespace }), name, uid }] : [];
  });

const DIFFERENCES_NAMED = 20;

/** What comparing every created object with what was sent found. */
export const verificationOf = (outcomes: readonly Outcome[]): RestoreVerification => {
  const created = outcomes.filter(({ action }) => action === 'created');
  const different = created.filter(({ altered = [] }) => altered.length > 0);
  const named = different.map(
    ({ kind, namespace, name, altered = [] }) => `${kind} ${namespace === '' ? name : `${namespace}/${name}`}: ${altered.join(', ')}`,
  );
  return { compared: created.length, different: different.length, differences: named.slice(0, DIFFERENCES_NAMED) };
};

/** `apiVersion/Kind` → names with their outcome, as the resource list of a restore has it. */
export const restoredList = (outcomes: readonly Outcome[]): Record<string, string[]> => {
  const list: Record<string, string[]> = {};
  for (const { apiVersion, kind, namespace, name, action, cause } of outcomes) {
    if (!apiVersion || !kind || cause === 'LeftOut') continue;
    const names = list[`${apiVersion}/${kind}`] ?? [];
    names.push(`${namespace === '' ? name : `${namespace}/${name}`}(${action})`);
    list[`${apiVersion}/${kind}`] = names;
  }
  return Object.fromEntries(
    Object.entries(list)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, names]) => [key, names.sort()]),
  );
};
