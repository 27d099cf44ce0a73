import { carriedAnnotations, fieldManagers } from '@godwit/api';
import { type Client, isApiError, type ServedResource } from '@godwit/kube';
import { annotationOf, type Manifest, titleOf, withoutAnnotation } from './manifest.ts';
import { mustHave } from './merge.ts';

/** How a manifest is given to a cluster that has the object already: `replace` puts it in its place, `merge` adds to it what it must have. */
type ApplyType = 'replace' | 'merge';

/** What became of a manifest. `refused`: the server will never take it like this; `unknownKind`: it does not serve the kind. */
export type Applied = { type: 'created' | 'replaced' | 'merged' } | { type: 'refused' | 'unknownKind'; message: string };

/** Where objects go that name no namespace. */
const DEFAULT_NAMESPACE = 'default';

const APPLY_TYPES: readonly string[] = ['replace', 'merge'] satisfies ApplyType[];

/** The apply type that a manifest asks for, as it is written, when nobody knows it; replace is taken then (D-I12). */
export const unknownApplyType = (manifest: Manifest): string | undefined => {
  const value = annotationOf(manifest, carriedAnnotations.applyType);
  return value === undefined || value === '' || APPLY_TYPES.includes(value) ? undefined : value;
};

const applyTypeOf = (manifest: Manifest): ApplyType =>
  annotationOf(manifest, carriedAnnotations.applyType) === 'merge' ? 'merge' : 'replace';

/** The resource that serves a manifest's kind, among those that a server serves. */
const resourceOf = (served: readonly ServedResource[], { apiVersion, kind }: Manifest): ServedResource | undefined => {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return served.find((each) => each.kind === kind && each.version === version && each.group === group);
};

/** The resource of a manifest; asks the server again before it says that there is none. */
export const findResource = async (cluster: Client, manifest: Manifest): Promise<ServedResource | undefined> =>
  resourceOf(await cluster.discover(), manifest) ?? resourceOf(await cluster.discover({ fresh: true }), manifest);

/** The manifest with the namespace that its kind asks for. */
export const placed = (manifest: Manifest, { scope }: Pick<ServedResource, 'scope'>): Manifest => {
  const { namespace, ...metadata } = manifest.metadata;
  return { ...manifest, metadata: scope === 'Cluster' ? metadata : { ...metadata, namespace: namespace || DEFAULT_NAMESPACE } };
};

const refusal = (verb: string, { kind, metadata }: Manifest, error: unknown): Applied => {
  if (!isApiError(error, 'Invalid', 'BadRequest')) throw error;
  return { type: 'refused', message: `Failed to ${verb} manifest ${kind} ${metadata.name ?? ''}: ${error.said}` };
};

const updated = (live: Manifest, manifest: Manifest, type: ApplyType): Manifest => {
  const { resourceVersion, uid } = live.metadata;
  const wanted = type === 'merge' ? (mustHave(live, manifest) as Manifest) : manifest;
  return { ...wanted, metadata: { ...wanted.metadata, ...(resourceVersion && { resourceVersion }), ...(uid && { uid }) } };
};

/**
 * Gives one manifest to a cluster: creates the object, else replaces it or merges into it. With `dryRun` the server only answers.
 * What it throws may pass: the connection, a conflict, a server that does not feel well, or a right that is missing.
 */
export const applyManifest = async (cluster: Client, given: Manifest, { dryRun = false }: { dryRun?: boolean } = {}): Promise<Applied> => {
  const resource = await findResource(cluster, given);
  if (resource === undefined)
    return { type: 'unknownKind', message: `no matches for kind "${given.kind}" in version "${given.apiVersion}"` };
  const manifest = withoutAnnotation(placed(given, resource), carriedAnnotations.applyType);
  const { name = '', namespace } = manifest.metadata;
  if (name === '') return { type: 'refused', message: `${given.kind} resource name is empty` };
  const options = { dryRun, fieldManager: fieldManagers.upgrade };
  const live = await cluster.get<Manifest>(resource, { name, namespace });
  try {
    if (live === undefined) {
      await cluster.create(resource, manifest, options);
      return { type: 'created' };
    }
    const type = applyTypeOf(given);
    await cluster.replace(resource, updated(live, manifest, type), options);
    return { type: type === 'merge' ? 'merged' : 'replaced' };
  } catch (error) {
    return refusal(live === undefined ? 'create' : 'update', manifest, error);
  }
};

const isDefinedBy = ({ apiVersion, kind }: Manifest, definitions: readonly Manifest[]): boolean =>
  definitions.some((each) => {
    const { group, names } = (each as Manifest & { spec?: { group?: unknown; names?: { kind?: unknown } } }).spec ?? {};
    return each.kind === 'CustomResourceDefinition' && group === apiVersion.split('/')[0] && names?.kind === kind;
  });

/**
 * Gives groups of manifests to a cluster, one after the other. Resolves to why the server refuses one for good, or to undefined when it took
 * all; what it throws may pass, and everything may be given again.
 */
export const applyGroups = async (
  cluster: Client,
  groups: readonly (readonly Manifest[])[],
  signal?: AbortSignal,
): Promise<string | undefined> => {
  const all = groups.flat();
  for (const manifest of all) {
    signal?.throwIfAborted();
    const outcome = await applyManifest(cluster, manifest);
    if (outcome.type === 'unknownKind' && isDefinedBy(manifest, all))
      throw new Error(`${titleOf(manifest)} waits for its definition to be served`);
    if (outcome.type === 'refused' || outcome.type === 'unknownKind') return outcome.message;
  }
  return undefined;
};
