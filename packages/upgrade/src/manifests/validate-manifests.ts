import type { UpgradeFinding } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { type ConfigMapContents, type ConfigMapRef, manifestsOf, readConfigMaps } from './config-maps.ts';
import { tryManifests } from './try-manifests.ts';
import { manifestCodes, structureFindings } from './validate-structure.ts';
import { groupsOf } from './waves.ts';

const BETWEEN = '; ';

const textOf = (findings: readonly UpgradeFinding[], severity: UpgradeFinding['severity']): string | undefined =>
  findings
    .filter((each) => each.severity === severity)
    .map(({ message }) => message)
    .join(BETWEEN) || undefined;

/** What findings say together: the errors or, when there are none, the warnings; `; ` stands between them. */
export const summaryOf = (findings: readonly UpgradeFinding[]): { error?: string; warning?: string } => {
  const error = textOf(findings, 'Error');
  if (error !== undefined) return { error };
  const warning = textOf(findings, 'Warning');
  return warning === undefined ? {} : { warning };
};

/** The manifests that can be tried: those that their structure does not rule out. */
export const triable = (contents: ConfigMapContents, structure: readonly UpgradeFinding[]) => {
  const isOut = (message: string) => structure.some((each) => each.message === message);
  return manifestsOf(contents).filter(
    ({ kind, metadata: { name } }) => name && !isOut(`${kind}[${name}] in extramanifests is not allowed`),
  );
};

/**
 * Judges the extra manifests of an upgrade: by their structure, and by trying each on the API server. All of it is told; which of it stops
 * an upgrade is the severity's matter.
 */
export const validateManifests = async (
  cluster: Client,
  refs: readonly ConfigMapRef[] | undefined,
  signal?: AbortSignal,
): Promise<UpgradeFinding[]> => {
  const contents = await readConfigMaps(cluster, refs);
  const structure = structureFindings(contents);
  const ordered = groupsOf(triable(contents, structure)).flat();
  return [...structure, ...(await tryManifests(cluster, ordered, signal))];
};

/** Codes of which a new judgement replaces the old one. */
export const MANIFEST_CODES: readonly string[] = Object.values(manifestCodes);
