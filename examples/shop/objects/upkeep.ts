import { inShop, labelsOf, type Manifest, PASSWORD } from '../manifest.ts';
import type { ShopOptions } from '../options.ts';

/** Only on leap days: the report is there to be migrated, not to run in the middle of it. */
const LEAP_DAY = '0 3 29 2 *';

const report = ({ image }: ShopOptions): Manifest =>
  inShop('batch/v1', 'CronJob', 'report', 'report', {
    spec: {
      schedule: LEAP_DAY,
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'report',
                  image,
                  imagePullPolicy: 'IfNotPresent',
                  command: [
                    'bash',
                    '-c',
                    'PGPASSWORD=$SHOP_PASSWORD /usr/lib/postgresql/15/bin/psql --host=db --username=shop --command="select count(*), sum(amount_cents) from orders"',
                  ],
                  env: [PASSWORD],
                },
              ],
            },
          },
        },
      },
    },
  });

/** What keeps the shop going without a person: a report, an autoscaler and a disruption budget. */
export const upkeep = (options: ShopOptions): Manifest[] => [
  report(options),
  inShop('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
    },
  }),
  inShop('policy/v1', 'PodDisruptionBudget', 'web', 'web', { spec: { maxUnavailable: 1, selector: { matchLabels: labelsOf('web') } } }),
];
