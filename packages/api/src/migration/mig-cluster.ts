import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { bytes, fields } from '../schema.ts';
import { ageColumn, migrationKind, observed, readyColumn } from './common.ts';

const spec = fields({
  isHostCluster: z
    .boolean()
    .describe('The cluster on which the controllers run: reached from inside, url and secret are ignored. Required.'),
  url: z.string().optional().describe('Address of the API server; must begin with https. Needed for every cluster but the host.'),
  serviceAccountSecretRef: objectReference
    .optional()
    .describe('Secret whose key saToken holds the token. Needed for every cluster but the host.'),
  caBundle: bytes().optional().describe('Certificates, PEM in base64, that vouch for the API server. Omitted: those of the system.'),
  insecure: z.boolean().optional().describe('Does not check the certificate of the API server. Omitted: false.'),
  azureResourceGroup: z
    .string()
    .optional()
    .describe('Azure resource group of the cluster; replaces the one in the cloud secret. Omitted: that one.'),
  restartRestic: z
    .boolean()
    .optional()
    .describe('Whether restic is restarted after stage pods were made. Omitted: only on Kubernetes 1.7 and 1.9.'),
  refresh: z.boolean().optional().describe('Asks for a reconcile; set back to false afterwards. Omitted: false.'),
  exposedRegistryPath: z
    .string()
    .optional()
    .describe('Host and port at which the internal registry can be reached from outside. Omitted: not exposed.'),
});

const status = fields({
  ...observed,
  registryPath: z.string().optional().describe('Host and port of the image registry that was found. Omitted: none.'),
  operatorVersion: z.string().optional().describe('Version of the operator on that cluster.'),
});

/** A cluster that applications are moved from or to. */
export const MigCluster = kind(
  {
    ...migrationKind,
    kind: 'MigCluster',
    description: 'A cluster that applications are moved from or to.',
    plural: 'migclusters',
    columns: [
      readyColumn,
      { name: 'URL', type: 'string', jsonPath: '.spec.url' },
      { name: 'Host', type: 'boolean', jsonPath: '.spec.isHostCluster' },
      ageColumn,
    ],
  },
  spec,
  status,
);
/** A cluster that applications are moved from or to. */
export type MigCluster = ObjectOf<typeof MigCluster>;
