import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The file with the CRDs of Cluster API's core, a JSON list, beside its manager. */
export const CLUSTER_API_CRDS = 'cluster-api-crds.json';

/** What is read of a CRD. */
export type Crd = {
  metadata: { name: string };
  spec: { conversion?: unknown; versions: { name: string; served: boolean; storage: boolean }[] };
};

/** Serves a CRD in its stored version only: without a conversion webhook every other version would lose fields. */
export const inStoredVersion = ({ spec: { conversion: _webhook, ...spec }, ...crd }: Crd): Crd => ({
  ...crd,
  spec: { ...spec, versions: spec.versions.map((version) => ({ ...version, served: version.storage })) },
});

/** Gathers the CRDs of a folder of YAML files into one JSON file, which is read in no time. */
export const writeClusterApiCrds = (folder: string, path: string): void => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const crds = files.map((file) => inStoredVersion(parse(readFileSync(join(folder, file), 'utf8')) as Crd));
  writeFileSync(path, JSON.stringify(crds));
};

/** Reads the CRDs that were gathered at `path`. */
export const readClusterApiCrds = (path: string): Crd[] => JSON.parse(readFileSync(path, 'utf8')) as Crd[];
