import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The namespace that everything of the shop lives in. */
export const NAMESPACE = 'shop';

/** A Kubernetes object as it is written in a file. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  [field: string]: unknown;
};

/** The label by which Services and workloads find the pods of one part of the shop. */
export const labelsOf = (part: string): Record<string, string> => ({ app: 'shop', part });

/** An object of the shop's namespace; `body` is what follows the metadata. */
export const inShop = (apiVersion: string, kind: string, name: string, part: string, body: Record<string, unknown>): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE, labels: labelsOf(part) },
  ...body,
});

/** A Deployment of one pod, which is stopped before its successor starts. */
export const onePod = (part: string, podSpec: Record<string, unknown>): Manifest =>
  inShop('apps/v1', 'Deployment', part, part, {
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labelsOf(part) },
      template: {
        metadata: { labels: labelsOf(part) },
        spec: { serviceAccountName: 'shop', terminationGracePeriodSeconds: GRACE_SECONDS, ...podSpec },
      },
    },
  });

/** A ConfigMap with files of the `scripts` folder. */
export const scripts = (part: string, ...files: readonly string[]): Manifest =>
  inShop('v1', 'ConfigMap', `${part}-scripts`, part, {
    data: Object.fromEntries(files.map((file) => [file, readFileSync(join(import.meta.dirname, 'scripts', file), 'utf8')])),
  });

/** Where the scripts of a part are found in its pods. */
export const SCRIPTS_MOUNT = { name: 'scripts', mountPath: '/etc/shop' };

/** The volume that SCRIPTS_MOUNT mounts. */
export const scriptsVolume = (part: string): object => ({ name: 'scripts', configMap: { name: `${part}-scripts` } });

/** The database password as the environment variable SHOP_PASSWORD. */
export const PASSWORD = { name: 'SHOP_PASSWORD', valueFrom: { secretKeyRef: { name: 'shop-db', key: 'password' } } };

/** Asks every second, so that a pod counts as ready as soon as it is. */
export const EVERY_SECOND = { periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 3 };

/** What every container of the shop asks for; the autoscaler needs the CPU request. */
export const MODEST = { requests: { cpu: '20m', memory: '64Mi' } };

/** Short, since everything here stops at once when it is told to. */
export const GRACE_SECONDS = 10;
