import { isDeepStrictEqual } from 'node:util';
import { apiVersionOf, Backup, Restore } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { type ConfigMapContents, type ConfigMapRef, manifestsOf, readConfigMaps } from '../manifests/config-maps.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { waveProblem } from '../manifests/waves.ts';

/** The Backups and Restores of an upgrade; `problems` say, in upstream's words where it has any, why they cannot be used. */
export type OadpContent = {
  readonly backups: readonly Backup[];
  readonly restores: readonly Restore[];
  readonly problems: readonly string[];
};

const ofKind = <T extends KubeObject>(manifests: readonly Manifest[], kind: Resource<T>): T[] =>
  manifests.filter((each) => each.kind === kind.kind && each.apiVersion === apiVersionOf(kind)) as T[];

const nameless = (objects: readonly Manifest[]): string[] =>
  objects.filter(({ metadata }) => !metadata.name).map(({ kind }) => `${kind} resource name is empty`);

/** Only one object of a name can be made; the others would be forgotten in silence. */
const sharingNames = (objects: readonly Manifest[]): string[] => {
  const firstOf = ({ metadata }: Manifest): Manifest | undefined => objects.find((each) => each.metadata.name === metadata.name);
  const others = objects.filter((each) => each.metadata.name && !isDeepStrictEqual(each, firstOf(each)));
  const said = others.map(
    ({ kind, metadata }) =>
      `${kind} ${metadata.name} is given in the OADP configmaps with different contents. Please give each its own name.`,
  );
  return [...new Set(said)];
};

/** The Backups and Restores among what ConfigMaps hold; all else in them is ignored. Pure. */
export const oadpContentOf = (contents: ConfigMapContents): OadpContent => {
  const manifests = manifestsOf(contents);
  const backups = ofKind(manifests, Backup);
  const restores = ofKind(manifests, Restore);
  const wave = waveProblem([...backups, ...restores]);
  const unreadable = contents.files.flatMap(({ configMap, key, problem }) =>
    problem === undefined ? [] : [`failed to decode ${key} in the configMap ${configMap}: ${problem}`],
  );
  return {
    backups,
    restores,
    problems: [
      ...contents.missing.map((error) => `OADP configmap not found, error: ${error}. Please create the configmap.`),
      ...unreadable,
      ...nameless([...backups, ...restores]),
      ...sharingNames(backups),
      ...sharingNames(restores),
      ...(wave === undefined ? [] : [wave]),
    ],
  };
};

/** Reads the Backups and Restores that the ConfigMaps of spec.oadpContent hold. */
export const readOadpContent = async (cluster: Client, refs: readonly ConfigMapRef[] | undefined): Promise<OadpContent> =>
  oadpContentOf(await readConfigMaps(cluster, refs));
