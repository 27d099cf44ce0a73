import { z } from 'zod';

/** The label whose value tells how a seed is laid out. */
export const SEED_FORMAT_LABEL = 'com.openshift.lifecycle-agent.seed_format_version';

/** The label that carries the seed cluster's description as a JSON text. */
export const SEED_INFO_LABEL = 'com.openshift.lifecycle-agent.seed_cluster_info';

/** The only layout of seeds that is read and written. */
export const SEED_FORMAT = '4';

/** What a seed says of the cluster that it was made of: the label, and manifest.json inside. Fields that are not known here are kept. */
export const seedClusterInfo = z.looseObject({
  seed_cluster_ocp_version: z.string().describe('The release of the seed.'),
  base_domain: z.string().optional(),
  cluster_name: z.string().optional(),
  node_ip: z.string().optional().describe('Deprecated by node_ips.'),
  node_ips: z.array(z.string()).nullish(),
  release_registry: z.string().optional().describe('The registry that the images of the release come from.'),
  mirror_registry_configured: z.boolean().optional(),
  sno_hostname: z.string().optional(),
  recert_image_pull_spec: z.string().optional(),
  has_proxy: z.boolean().default(false),
  cluster_network_cidr: z.string().optional(),
  service_network_cidr: z.string().optional(),
  has_fips: z.boolean().default(false),
  additionalTrustBundle: z
    .looseObject({ hasUserCaBundle: z.boolean().default(false), proxyConfigmapName: z.string().default('') })
    .nullish(),
  container_storage_mountpoint_target: z.string().optional(),
  ingress_certificate_cn: z.string().optional(),
  machine_networks: z.array(z.string()).nullish(),
});

/** What a seed says of its cluster, with the defaults of what it leaves out. */
export type SeedClusterInfo = z.output<typeof seedClusterInfo>;

/** Reads the description of a seed cluster; `where` names its place in the error. */
export const parseSeedClusterInfo = (text: string, where: string): SeedClusterInfo => {
  try {
    return seedClusterInfo.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : '';
    throw new Error(`${where} does not describe a seed cluster: ${why}`, { cause });
  }
};

/** The description that the labels carry; a seed without one says nothing of its cluster. */
export const seedInfoOf = (labels: Readonly<Record<string, string>>): SeedClusterInfo | undefined => {
  const text = labels[SEED_INFO_LABEL];
  return text === undefined ? undefined : parseSeedClusterInfo(text, `the label ${SEED_INFO_LABEL}`);
};
