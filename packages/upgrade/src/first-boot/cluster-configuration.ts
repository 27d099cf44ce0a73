import { z } from 'zod';

/** The only version of the document that this program understands. */
export const API_VERSION = 1;

const file = z.object({ name: z.string(), content: z.string() });

const schema = z.looseObject({
  api_version: z.literal(API_VERSION),
  cluster_name: z.string().min(1),
  base_domain: z.string().min(1),
  cluster_id: z.string().min(1),
  hostname: z.string().min(1),
  node_ip: z.string().optional(),
  node_ips: z.array(z.string()).optional(),
  pull_secret: z.string().optional(),
  node_labels: z.record(z.string(), z.string()).optional(),
  server_ssh_keys: z.array(file).optional(),
  chrony_config: z.string().optional(),
  additionalTrustBundle: z.object({ userCaBundle: z.string().optional() }).optional(),
});

/** What the next release is told of the cluster that it becomes, in upstream's fields; those of OpenShift alone pass through unread. */
export type ClusterConfiguration = z.infer<typeof schema>;

const reasonOf = ({ issues }: z.ZodError): string => issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

/** Reads the document; names what it lacks. */
export const parseClusterConfiguration = (text: string): ClusterConfiguration => {
  const document = JSON.parse(text) as { api_version?: unknown };
  if (document.api_version !== API_VERSION) throw new Error(`unsupported seed reconfiguration version ${String(document.api_version)}`);
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw new Error(`The configuration of the cluster cannot be used: ${reasonOf(parsed.error)}`);
  return parsed.data;
};

/** Writes the document; it may hold secrets. */
export const clusterConfigurationText = (configuration: ClusterConfiguration): string => `${JSON.stringify(configuration, undefined, 2)}\n`;
