import {
  EVERY_SECOND,
  GRACE_SECONDS,
  inShop,
  labelsOf,
  type Manifest,
  MODEST,
  PASSWORD,
  SCRIPTS_MOUNT,
  scripts,
  scriptsVolume,
} from '../manifest.ts';
import type { ShopOptions } from '../options.ts';

const PART = 'db';
const DATA = { name: 'data', mountPath: '/data' };
const POSTGRES = { runAsUser: 999, runAsGroup: 999, runAsNonRoot: true, allowPrivilegeEscalation: false };

/** Gives the volume to PostgreSQL and fills it when it is empty. */
const seed = ({ image, rows }: ShopOptions): object => ({
  name: 'seed',
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['bash', '/etc/shop/db-seed.sh'],
  env: [{ name: 'SHOP_ROWS', value: String(rows) }, PASSWORD],
  volumeMounts: [DATA, SCRIPTS_MOUNT],
});

const server = ({ image }: ShopOptions): object => ({
  name: 'postgres',
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['bash', '/etc/shop/db-start.sh'],
  ports: [{ name: 'postgres', containerPort: 5432 }],
  resources: MODEST,
  securityContext: POSTGRES,
  readinessProbe: { exec: { command: ['/usr/lib/postgresql/15/bin/pg_isready', '--quiet', '--host=/tmp'] }, ...EVERY_SECOND },
  volumeMounts: [DATA, SCRIPTS_MOUNT],
});

const claim = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
};

/** The database: a StatefulSet with a volume of its own. */
export const database = (options: ShopOptions): Manifest[] => [
  scripts(PART, 'db-seed.sh', 'schema.sql', 'db-start.sh', 'postgresql.conf', 'pg_hba.conf', 'pg_ident.conf'),
  inShop('v1', 'Service', PART, PART, {
    spec: { selector: labelsOf(PART), ports: [{ name: 'postgres', port: 5432, targetPort: 'postgres' }] },
  }),
  inShop('apps/v1', 'StatefulSet', PART, PART, {
    spec: {
      serviceName: PART,
      replicas: 1,
      selector: { matchLabels: labelsOf(PART) },
      template: {
        metadata: { labels: labelsOf(PART) },
        spec: {
          serviceAccountName: 'shop',
          terminationGracePeriodSeconds: GRACE_SECONDS,
          initContainers: [seed(options)],
          containers: [server(options)],
          volumes: [scriptsVolume(PART)],
        },
      },
      volumeClaimTemplates: [claim],
    },
  }),
];
